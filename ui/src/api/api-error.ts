import type { Problem } from "../../../src/admin/contract/contract.ts";

/** What the server refused, and why. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The problem of a change that came too late, because somebody else changed the same meanwhile. */
export function conflictOf(error: unknown): Problem | undefined {
  return error instanceof ApiError && error.problem.code === "CONFLICT" ? error.problem : undefined;
}

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof ApiError && error.problem.code === code;
