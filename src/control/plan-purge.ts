import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";

/** The rows that a purge deletes. */
export interface PurgePlan {
  readonly types: readonly TypeRow[];
  readonly items: readonly ItemRow[];
}

/** Items retired before `deadline` (ISO 8601), and types retired before it that have no other items left. */
export function planPurge(rows: Rows, deadline: string): PurgePlan {
  const isDue = ({ retiredAt }: TypeRow | ItemRow): boolean => retiredAt !== null && retiredAt <= deadline;
  const items = rows.items.filter(isDue);
  const inUse = new Set(rows.items.filter((row) => !isDue(row)).map((row) => row.typeId));
  return { types: rows.types.filter((row) => isDue(row) && !inUse.has(row.id)), items };
}
