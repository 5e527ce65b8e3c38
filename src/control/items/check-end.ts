import { types } from "node:util";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { OptionNames } from "../../definition/known-options.ts";

/** When something ends by itself: at a time, or after a while. */
export interface EndRequest {
  /** A date, or epoch milliseconds, in the future and at most 366 days ahead. Each process goes by its own clock. */
  readonly until?: Date | number | undefined;
  /** How long instead, in milliseconds from now by this process's clock: more than 0, and at most 366 days. */
  readonly forMs?: number | undefined;
}

export const endNames: OptionNames<EndRequest> = { until: true, forMs: true };

const longestMs = 366 * 86_400_000;

/** The end as ISO 8601; undefined where none is asked for. @throws InvalidOptionError */
export function checkEnd({ until, forMs }: EndRequest, what: string, now: number): string | undefined {
  if (until === undefined && forMs === undefined) return undefined;
  if (until !== undefined && forMs !== undefined) {
    throw new InvalidOptionError("forMs", forMs, `${what} has this or until, not both`);
  }
  const ms = until === undefined ? forMs : (types.isDate(until) ? until.getTime() : until) - now;
  if (typeof ms === "number" && ms > 0 && ms <= longestMs) return new Date(now + ms).toISOString();
  if (until === undefined) {
    throw new InvalidOptionError("forMs", forMs, "it is milliseconds, more than 0 and at most 366 days");
  }
  const expectation = "it is a date, or epoch milliseconds, in the future and at most 366 days ahead";
  throw new InvalidOptionError("until", until, expectation);
}
