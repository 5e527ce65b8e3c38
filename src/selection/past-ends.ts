import { holdAt } from "../definition/hold.ts";
import { leadAt } from "../definition/lead.ts";
import type { ItemRow, Rows } from "../store/rows.ts";
import { type Snapshot, type Successor, succeed } from "./snapshot.ts";

/** The row without a hold or lead that has ended by a time of day, in epoch milliseconds; the same where none has. */
function atTime(row: ItemRow, now: number): ItemRow {
  const hold = row.hold && holdAt(row.hold, now);
  const lead = row.lead && leadAt(row.lead, now);
  return hold === row.hold && lead === row.lead ? row : { ...row, hold, lead };
}

/** The rows as they are at a time of day, in epoch milliseconds: nobody writes it down that a hold or lead has ended. */
export function withoutEnded(rows: Rows, now: number): Rows {
  if (rows.items.every((row) => atTime(row, now) === row)) return rows;
  return { ...rows, items: rows.items.map((row) => atTime(row, now)) };
}

/** The snapshot, of the same revision, after holds and leads of these items have ended. */
export function endItems(before: Snapshot, ids: readonly string[], now: number): Successor {
  const { revision, revisionId, origin } = before;
  const items = ids.flatMap((id): ItemRow[] => {
    const item = before.item(id);
    if (item === undefined) return [];
    const { hold = null, lead = null } = item;
    return [atTime({ ...item, hold, lead }, now)];
  });
  return succeed(before, { revision, revisionId, origin, types: [], items, purged: [] });
}
