import type { Outcome } from "../definition/policy.ts";
import { PlugbayError } from "../errors.ts";
import { codeOf, mostCauses, nameOf, partsOf, propertyOf } from "../thrown.ts";
import { systemClock } from "../time/clock.ts";
import { AllPluginsFailedError } from "./errors.ts";
import { retryAfter } from "./retry-after.ts";

/** Nothing was sent. */
const notConnected: Outcome = "retryable";

/** What was sent may have arrived. */
const broken: Outcome = "ambiguous";

const byCode: ReadonlyMap<unknown, Outcome> = new Map([
  ["ECONNREFUSED", notConnected],
  ["ENOTFOUND", notConnected],
  ["EAI_AGAIN", notConnected],
  ["EHOSTUNREACH", notConnected],
  ["ENETUNREACH", notConnected],
  ["UND_ERR_CONNECT_TIMEOUT", notConnected],
  ["ECONNRESET", broken],
  ["ECONNABORTED", broken],
  ["EPIPE", broken],
  ["ETIMEDOUT", broken],
  ["UND_ERR_SOCKET", broken],
  ["UND_ERR_HEADERS_TIMEOUT", broken],
  ["UND_ERR_BODY_TIMEOUT", broken],
  // A call within the call.
  ["OUTCOME_UNKNOWN", "ambiguous"],
  ["WRITE_OUTCOME_UNKNOWN", "ambiguous"],
]);

const byStatus: ReadonlyMap<number, Outcome> = new Map([
  [401, "unauthorized"],
  [403, "unauthorized"],
  [408, "ambiguous"],
  [413, "unsuitable"],
  [500, "ambiguous"],
  [502, "ambiguous"],
  [504, "ambiguous"],
]);

/** Where 429 comes without Retry-After, in milliseconds. */
const shortPauseMs = 1_000;

/**
 * What an error means by default, for a `classify` to build upon:
 *
 * - plugbay's own time limits: `"ambiguous"`
 * - ECONNREFUSED, ENOTFOUND, EAI_AGAIN, EHOSTUNREACH, ENETUNREACH, UND_ERR_CONNECT_TIMEOUT, and whatever else failed
 *   while it connected: `"retryable"`, for nothing was sent
 * - ECONNRESET, ECONNABORTED, EPIPE, ETIMEDOUT, UND_ERR_SOCKET, UND_ERR_HEADERS_TIMEOUT, UND_ERR_BODY_TIMEOUT, and a
 *   `TimeoutError` such as `AbortSignal.timeout` makes: `"ambiguous"`
 * - by `status`, `statusCode` or that of `response`: 401 and 403 `"unauthorized"`; 408, 500, 502 and 504 `"ambiguous"`;
 *   413 `"unsuitable"`; 429 `{ exhausted }` by Retry-After, 1,000 ms without; 503 `{ exhausted }` with Retry-After, else
 *   `"retryable"`; all other 4xx `"rejected"`
 * - all else: `"retryable"`, an `AbortError` included
 *
 * It looks at the error, then at its parts (`AggregateError`) and its causes. Of several parts that differ, one that
 * may have taken effect decides. Retry-After is in seconds or an HTTP date, and counts for a day at most. It never throws.
 *
 * @param now the time of day that an HTTP date is compared with, in epoch milliseconds. Default: the present
 * @example
 * classify: (error) => {
 *   const outcome = classifyError(error);
 *   return outcome === "rejected" ? "unsuitable" : outcome;   // what one model refuses, another may take
 * }
 */
export function classifyError(error: unknown, now: number = systemClock.now()): Outcome {
  return find(error, { now, seen: new Set() }) ?? "retryable";
}

interface Search {
  readonly now: number;
  /** What was looked at, so that circles end. */
  readonly seen: Set<unknown>;
}

/** What is nearest to the caller decides: of an error its status, its parts, its code, and then its cause. */
function find(error: unknown, search: Search): Outcome | undefined {
  const { seen, now } = search;
  if (typeof error !== "object" || error === null || seen.has(error) || seen.size >= mostCauses) {
    return undefined;
  }
  seen.add(error);
  return (
    ofStatus(error, now) ??
    ofParts(error, search) ??
    ofItself(error) ??
    find(propertyOf(error, "cause"), search)
  );
}

function ofStatus(error: object, now: number): Outcome | undefined {
  const status = statusOf(error);
  if (status === undefined || status < 400) return undefined;
  // A connection that broke after the answer had begun.
  if (byCode.get(codeOf(error)) === broken) return broken;
  if (status === 429) return { exhausted: retryAfter(error, now) ?? shortPauseMs };
  if (status === 503) {
    const ms = retryAfter(error, now);
    return ms === undefined ? "retryable" : { exhausted: ms };
  }
  return byStatus.get(status) ?? (status < 500 ? "rejected" : "retryable");
}

/** The first that is an HTTP status: others have a word there, or 0 where there was no answer. */
function statusOf(error: object): number | undefined {
  const response = propertyOf(error, "response");
  for (const holder of [error, response]) {
    for (const name of ["status", "statusCode"]) {
      const value = propertyOf(holder, name);
      const status = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value;
      if (typeof status === "number" && status >= 100 && status <= 599) return status;
    }
  }
  return undefined;
}

function ofParts(error: object, search: Search): Outcome | undefined {
  const parts = partsOf(error, mostCauses - search.seen.size);
  if (error instanceof AllPluginsFailedError) {
    const outcomes = parts.map((part) => find(propertyOf(part, "error"), search));
    // What the items of another type are to be blamed for is nothing that this one could change.
    return outcomes.includes("ambiguous") ? "ambiguous" : "retryable";
  }
  const outcomes = parts.map((part) => find(part, search));
  return outcomes.includes("ambiguous") ? "ambiguous" : outcomes.find((outcome) => outcome !== undefined);
}

function ofItself(error: object): Outcome | undefined {
  if (error instanceof PlugbayError && propertyOf(error, "kind") === "timeout") return "ambiguous";
  const known = byCode.get(codeOf(error));
  if (known !== undefined) return propertyOf(error, "syscall") === "connect" ? notConnected : known;
  return nameOf(error) === "TimeoutError" ? "ambiguous" : undefined;
}
