import type { PairMap } from "../definition/pair-map.ts";
import type { ItemRow, TypeRow } from "../store/rows.ts";

/** Adds the types whose names have blanks at their ends under the names that were meant, where no other has these. */
export function addPaddedTypes(types: PairMap<TypeRow>, rows: readonly TypeRow[]): void {
  for (const { row, first, second } of padded(rows, ({ manager, name }) => [manager, name])) {
    if (!types.has(first, second)) types.set(first, second, row);
  }
}

/** As `addPaddedTypes`, for the items of a type. */
export function addPaddedItems(groups: PairMap<ItemRow[]>, rows: readonly ItemRow[]): void {
  for (const { row, first, second } of padded(rows, ({ module, name }) => [module, name])) {
    const group = groups.get(first, second) ?? [];
    if (group.every(({ label }) => label !== row.label)) groups.set(first, second, [...group, row]);
  }
}

/**
 * The rows whose names somebody gave blanks at their ends, with the names that were meant. MySQL takes both for the
 * same, and no second row beside such a one; so it is no other row than the one that was meant.
 */
function padded<Row>(
  rows: readonly Row[],
  identity: (row: Row) => readonly [string, string],
): { readonly row: Row; readonly first: string; readonly second: string }[] {
  return rows.flatMap((row) => {
    const names = identity(row);
    const [first, second] = [names[0].trim(), names[1].trim()];
    return first === names[0] && second === names[1] ? [] : [{ row, first, second }];
  });
}
