import type { Lead } from "../definition/lead.ts";
import type { RowReader } from "./row-reader.ts";
import { isRecord, storedJson } from "./stored-json.ts";
import { storedTime } from "./stored-time.ts";

/** A lead as its column has it. */
export const formatLead = (lead: Lead | null): string | null =>
  lead && JSON.stringify({ until: lead.until, by: lead.by, since: lead.since });

/** Whether this is all that a lead says. */
export const isLead = (value: unknown): value is Lead =>
  isRecord(value) &&
  typeof value.by === "string" &&
  storedTime(value.since) !== undefined &&
  storedTime(value.until) !== undefined;

/** What cannot be read puts nothing first. */
export function readLead(value: unknown, reader: RowReader): Lead | null {
  // Of a row that was read before the column was there.
  if (value === null || value === undefined) return null;
  const json = storedJson(reader.text("item_lead", value));
  const told = "value" in json ? json.value : undefined;
  if (isLead(told)) {
    const [until, since] = [storedTime(told.until), storedTime(told.since)] as [string, string];
    return Object.freeze({ until, by: told.by, since });
  }
  reader.note("item_lead", "problem" in json ? json.problem : "is not a lead", {
    effect: "the item is served by its status and priority",
    fix: "set it to NULL, or put the item first again",
  });
  return null;
}
