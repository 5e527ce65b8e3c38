import type { ItemRow } from "../../store/rows.ts";

/** What an item becomes. */
export type RowEdit = (row: ItemRow) => ItemRow;
