import type { ItemRow, Rows, TypeRow } from "../../store/rows.ts";

/** What is to be purged: what was retired at least so long ago, or these items. */
export type PurgeSelection =
  | {
      /** How long ago it was retired at least, in milliseconds. */
      readonly olderThanMs: number;
    }
  | {
      /** The ids of retired items. */
      readonly ids: readonly string[];
    };

/** The rows that a purge deletes. */
export interface PurgePlan {
  /** The plugin types that have no items left. */
  readonly types: readonly TypeRow[];
  /** The plugin items. */
  readonly items: readonly ItemRow[];
}

/** Items retired before `deadline` (ISO 8601), and types retired before it that have no other items left. */
export function planPurge(rows: Rows, deadline: string): PurgePlan {
  const isDue = ({ retiredAt }: TypeRow | ItemRow): boolean => retiredAt !== null && retiredAt <= deadline;
  const items = rows.items.filter(isDue);
  return { types: typesLeftEmpty(rows, items).filter(isDue), items };
}

/** These items, and the retired types whose last items they are. */
export function planPurgeOf(rows: Rows, items: readonly ItemRow[]): PurgePlan {
  const touched = new Set(items.map((row) => row.typeId));
  const types = typesLeftEmpty(rows, items).filter((row) => touched.has(row.id) && row.retiredAt !== null);
  return { types, items };
}

function typesLeftEmpty(rows: Rows, items: readonly ItemRow[]): TypeRow[] {
  const going = new Set(items.map((row) => row.id));
  const inUse = new Set(rows.items.filter((row) => !going.has(row.id)).map((row) => row.typeId));
  return rows.types.filter((row) => !inUse.has(row.id));
}
