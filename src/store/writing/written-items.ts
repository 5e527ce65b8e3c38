import { RowFaults } from "../row-faults.ts";
import { RowReader } from "../row-reader.ts";
import { fromItemRow, type ItemRow } from "../rows.ts";
import { toItemRow } from "../stored-rows.ts";
import { tableNames } from "../table-names.ts";
import type { Written } from "./change-work.ts";

/** More are read: making them anew would keep the process from everything else for too long. */
const mostItems = 1_000;

/**
 * The items that a change has written, as they would be read. undefined where it has written something else too, has
 * deleted something, or has written too many.
 */
export function writtenItems({ changes }: Pick<Written, "changes">): ItemRow[] | undefined {
  if (changes.length > mostItems) return undefined;
  const reader = new RowReader("plugbay_item", new RowFaults(tableNames()));
  const items: ItemRow[] = [];
  for (const { entity, after } of changes) {
    if (entity !== "item" || after === null) return undefined;
    items.push(toItemRow(fromItemRow(after, ""), reader));
  }
  return items;
}
