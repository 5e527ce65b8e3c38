import type { PluginItem } from "../definition/plugin-item.ts";

/** A total order: only of an item and itself it says 0. */
type Compare = (one: PluginItem, other: PluginItem) => number;

/** Where an item stands in a sorted list, or would stand. */
function placeOf(items: readonly PluginItem[], item: PluginItem, compare: Compare): number {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compare(items[middle] as PluginItem, item) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Whether a sorted list has this very item. */
export const isIn = (items: readonly PluginItem[], item: PluginItem, compare: Compare): boolean =>
  items[placeOf(items, item, compare)] === item;

/** Up to so many edits, moving the rest of a list for each is quicker than copying it item by item. */
const fewEdits = 8;

/** Makes a list that goes with a sorted one what it is after a change of that; frozen. */
export type Merge = <T>(list: readonly T[], toValue: (item: PluginItem) => T) => readonly T[];

/**
 * How a sorted list becomes one without some of its items and with others, and a list that has a value for each of its
 * items, in the same order, along with it. Each is copied once, whatever the number of changes; only these are compared.
 */
export function sortedMerge(
  items: readonly PluginItem[],
  leaving: ReadonlySet<PluginItem>,
  coming: readonly PluginItem[],
  compare: Compare,
): Merge {
  const added = [...coming].sort(compare);
  if (items.length === leaving.size) return (_, toValue) => Object.freeze(added.map(toValue));
  // What comes to a place goes before what leaves it.
  const edits: readonly Edit[] = [
    ...added.map((item) => ({ at: placeOf(items, item, compare), item })),
    ...Array.from(leaving, (item) => ({ at: placeOf(items, item, compare), item: undefined })),
  ].sort((one, other) => one.at - other.at);
  const apply = edits.length <= fewEdits ? spliced : rebuilt;
  return (list, toValue) => Object.freeze(apply(list, edits, toValue));
}

/** A sorted list without some of its items, and with others; frozen. */
export const mergeSorted = (
  items: readonly PluginItem[],
  leaving: ReadonlySet<PluginItem>,
  coming: readonly PluginItem[],
  compare: Compare,
): readonly PluginItem[] => sortedMerge(items, leaving, coming, compare)(items, (item) => item);

/** At a place, an item is put before what stands there; undefined takes that out. */
interface Edit {
  readonly at: number;
  readonly item: PluginItem | undefined;
}

function spliced<T>(before: readonly T[], edits: readonly Edit[], toValue: (item: PluginItem) => T): T[] {
  // Ten times as fast as `slice` where the list is frozen.
  const list = [...before];
  // From the end, so that places further ahead stay what they are.
  for (const { at, item } of edits.toReversed()) {
    if (item === undefined) list.splice(at, 1);
    else list.splice(at, 0, toValue(item));
  }
  return list;
}

function rebuilt<T>(before: readonly T[], edits: readonly Edit[], toValue: (item: PluginItem) => T): T[] {
  const list: T[] = [];
  let next = 0;
  for (const { at, item } of edits) {
    while (next < at) list.push(before[next++] as T);
    if (item === undefined) next = at + 1;
    else list.push(toValue(item));
  }
  while (next < before.length) list.push(before[next++] as T);
  return list;
}
