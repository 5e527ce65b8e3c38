import type { Problem } from "../contract/contract.ts";

/** What is wrong with a request, to be answered as a problem. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly issues: Problem["issues"];
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: number,
    code: string,
    detail: string,
    { issues, headers = {} }: Pick<Problem, "issues"> & { headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.issues = issues;
    this.headers = headers;
  }
}

export const notFound = (): HttpProblem =>
  new HttpProblem(404, "NOT_FOUND", "there is nothing at this address");
