import type { DatabaseLoss } from "./errors.ts";

/** A database is not where it was opened. Whether that is a loss depends on whether anything was in it. */
export class MisplacedError extends Error {
  /** By which another copy of this package knows it. */
  readonly code = "MISPLACED";
  readonly found: DatabaseLoss;
  constructor(found: DatabaseLoss, problem: string) {
    super(problem);
    this.found = found;
  }
}
