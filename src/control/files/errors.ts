import type { ConfigIssue } from "../../definition/config-issue.ts";
import { placeOf } from "../../definition/describe.ts";
import { PlugbayError } from "../../errors.ts";

/**
 * A document of items was refused, and nothing was written; `issues` are all that is wrong with it, each with
 * its place. `lineOf` says in which line of a file that is.
 */
export class InvalidDocumentError extends PlugbayError {
  static override readonly errorName = "InvalidDocumentError";
  override readonly name = InvalidDocumentError.errorName;
  readonly code = "INVALID_DOCUMENT";
  readonly kind = "invalid";
  /** What is wrong, and where in the document. */
  readonly issues: readonly ConfigIssue[];
  constructor(
    issues: readonly ConfigIssue[],
    subject = "the document",
    lineOf: (path: ConfigIssue["path"]) => number | undefined = () => undefined,
  ) {
    const lines = issues.map(({ path, message }) => {
      const line = lineOf(path);
      const place = [
        ...(line === undefined ? [] : [`line ${line}`]),
        ...(path.length ? [placeOf(path)] : []),
      ];
      return `\n  ${[...place, message].join(": ")}`;
    });
    super(`${subject} is refused, and nothing was written:${lines.join("")}`);
    this.issues = issues;
  }
}
