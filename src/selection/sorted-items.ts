import type { PluginItem } from "../definition/plugin-item.ts";

/** A total order: only of an item and itself it says 0. */
type Compare = (one: PluginItem, other: PluginItem) => number;

/** Where an item stands in a sorted list, or would stand. */
export function placeOf(items: readonly PluginItem[], item: PluginItem, compare: Compare): number {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compare(items[middle] as PluginItem, item) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * A sorted list without some of its items, and with others. The list is copied once, whatever the number of changes;
 * only these are compared.
 */
export function mergeSorted(
  items: readonly PluginItem[],
  leaving: ReadonlySet<PluginItem>,
  coming: readonly PluginItem[],
  compare: Compare,
): readonly PluginItem[] {
  const added = [...coming].sort(compare);
  if (items.length === leaving.size) return Object.freeze(added);
  const edits = [
    ...added.map((item) => ({ at: placeOf(items, item, compare), item })),
    ...Array.from(leaving, (item) => ({ at: placeOf(items, item, compare), item: undefined })),
  ].sort((one, other) => one.at - other.at);
  const merged: PluginItem[] = [];
  let next = 0;
  for (const { at, item } of edits) {
    while (next < at) merged.push(items[next++] as PluginItem);
    if (item === undefined) next = at + 1;
    else merged.push(item);
  }
  while (next < items.length) merged.push(items[next++] as PluginItem);
  return Object.freeze(merged);
}
