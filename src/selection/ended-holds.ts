import { holdAt } from "../definition/hold.ts";
import type { ItemRow, Rows } from "../store/rows.ts";
import { type Snapshot, type Successor, succeed } from "./snapshot.ts";

/** The rows as they are at a time of day, in epoch milliseconds: nobody writes it down that a hold has ended. */
export function withoutEndedHolds(rows: Rows, now: number): Rows {
  const isOver = ({ hold }: ItemRow): boolean => !!hold && holdAt(hold, now) === null;
  if (!rows.items.some(isOver)) return rows;
  return { ...rows, items: rows.items.map((row) => (isOver(row) ? { ...row, hold: null } : row)) };
}

/** The snapshot, of the same revision, after the holds of these items have ended. */
export function endHolds(before: Snapshot, ids: readonly string[]): Successor {
  const { revision, revisionId, origin } = before;
  const items = ids.flatMap((id): ItemRow[] => {
    const item = before.item(id);
    const type = item && before.types.get(item.typeId);
    return item && type ? [{ ...item, typeId: type.row.id, hold: null }] : [];
  });
  return succeed(before, { revision, revisionId, origin, types: [], items, purged: [] });
}
