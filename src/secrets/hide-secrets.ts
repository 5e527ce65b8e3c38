import type { ConfigIssue } from "../definition/config-issue.ts";
import { messageOf } from "../thrown.ts";
import { hideAndCut, hideSecrets } from "./mask-text.ts";
import { MaskedCopy } from "./masked-copy.ts";
import { patternOf } from "./secret-pattern.ts";

export const hideInIssues = (issues: readonly ConfigIssue[], secrets: readonly string[]): ConfigIssue[] =>
  issues.map(({ path, message }) => ({
    path: path.map((key) => (typeof key === "string" ? hideSecrets(key, secrets) : key)),
    message: hideAndCut(message, secrets),
  }));

/** The issue of a config that `problem` kept from being read, such as `its schema threw`; and `cause`, without secrets. */
export function hideInProblem(
  problem: string,
  error: unknown,
  secrets: readonly string[],
): { readonly issues: readonly ConfigIssue[]; readonly cause: unknown } {
  const cause = hideInError(error, secrets);
  return { issues: [{ path: [], message: `${problem}: ${messageOf(cause)}` }], cause };
}

/**
 * What was thrown, fit to be shown: itself if all of it was looked at and tells no secret, else a copy. It never
 * changes what was thrown, runs none of its code except the getters of `name`, `message`, `stack`, `cause`, `code`
 * and `errors` (and `toString` of an object without a message), and takes no longer because something large is
 * attached.
 *
 * A copy of an error has its name, message, stack, code, cause, parts and the other properties, with secrets masked;
 * it passes for the same `PlugbayError` with `instanceof`. Of a response it has the status and Retry-After. The rest
 * of what HTTP clients attach (requests, configs, sockets, headers), instances of other classes, getters, and what
 * lies beyond the bounds is left out: it is not looked at, so it is not shown.
 */
export function hideInError(error: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0 || patternOf(secrets).longest === 0) return error;
  const copy = new MaskedCopy(secrets);
  const masked = copy.ofThrown(error);
  return copy.isSame ? error : masked;
}
