import { describeFirst } from "../../definition/describe.ts";
import { PlugbayError } from "../../errors.ts";

/** A database of django-plugin-system has values that plugbay takes from nobody; nothing was written. */
export class InvalidDjangoDataError extends PlugbayError {
  static override readonly errorName = "InvalidDjangoDataError";
  override readonly name = InvalidDjangoDataError.errorName;
  readonly code = "INVALID_DJANGO_DATA";
  readonly kind = "invalid";
  /** Each value, and what is wrong with it. */
  readonly problems: readonly string[];
  constructor(database: string, problems: readonly string[]) {
    const list = describeFirst(problems, "\n  ", (problem) => problem);
    super(
      `${database} has what plugbay cannot take over, and nothing was written. Correct it there, and run this again:\n  ${list}`,
    );
    this.problems = problems;
  }
}

/** What is to be taken over from Django has another id here, which must not be replaced; nothing was written. */
export class DjangoIdConflictError extends PlugbayError {
  static override readonly errorName = "DjangoIdConflictError";
  override readonly name = DjangoIdConflictError.errorName;
  readonly code = "DJANGO_ID_CONFLICT";
  readonly kind = "conflict";
  /** Each row, and why it keeps its id. */
  readonly problems: readonly string[];
  constructor(problems: readonly string[], cause?: unknown) {
    const list = describeFirst(problems, "\n  ", (problem) => problem);
    super(`Django's ids cannot be taken over, and nothing was written:\n  ${list}`, { cause });
    this.problems = problems;
  }
}
