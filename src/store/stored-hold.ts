import type { Hold } from "../definition/hold.ts";
import type { RowReader } from "./row-reader.ts";
import { isRecord, storedJson } from "./stored-json.ts";
import { storedTime } from "./stored-time.ts";

/** A hold as its column has it. */
export const formatHold = (hold: Hold | null): string | null =>
  hold && JSON.stringify({ reason: hold.reason, until: hold.until, by: hold.by, since: hold.since });

/** Whether this is all that a hold says. */
export const isHold = (value: unknown): value is Hold =>
  isRecord(value) &&
  typeof value.reason === "string" &&
  typeof value.by === "string" &&
  storedTime(value.since) !== undefined &&
  (value.until === undefined || storedTime(value.until) !== undefined);

/**
 * What is there at all says that the item is held: a slip of the pen must not bring it back. Where the end cannot be
 * read, only a release ends the hold.
 */
export function readHold(value: unknown, updatedAt: string, reader: RowReader): Hold | null {
  if (value === null || value === undefined) return null;
  const json = storedJson(reader.text("hold", value));
  const told = "value" in json && isRecord(json.value) ? json.value : {};
  const until = storedTime(told.until);
  if (!isHold(told)) {
    reader.note("hold", "problem" in json ? json.problem : "is not a hold", {
      effect: `the item is held until ${until ?? "it is released"}`,
      fix: "hold it again, or release it",
    });
  }
  return Object.freeze({
    reason: textOf(told.reason),
    ...(until !== undefined && { until }),
    by: textOf(told.by),
    since: storedTime(told.since) ?? updatedAt,
  });
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
