import type { Current } from "../../store/current.ts";
import type { ItemRow } from "../../store/rows.ts";
import { LabelTakenError } from "../errors.ts";
import type { ItemPatch } from "./check-patch.ts";

/**
 * Refuses a row whose label another item of its plugin has, or gets by one of the patches.
 *
 * @throws LabelTakenError
 */
export async function refuseTakenLabel(
  current: Current,
  row: ItemRow,
  patches: ReadonlyMap<string, ItemPatch> = new Map(),
): Promise<void> {
  const others = await current.itemsOf(row.typeId, row);
  // MySQL takes labels that differ in blanks at their ends, as only a hand writes them, for the same.
  const holder = others.find(
    ({ id, label }) => id !== row.id && (label.trim() === row.label || patches.get(id)?.label === row.label),
  );
  if (holder) throw new LabelTakenError(row, row.label, holder);
}
