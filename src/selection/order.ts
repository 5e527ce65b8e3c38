import type { PluginItem } from "../definition/plugin-item.ts";

const ranks = { active: 0, reserve: 1, disable: 2 } as const;
const retiredRank = 3;

const isRetiredRow = (item: PluginItem): boolean => item.retiredAt !== null;

/** By code unit, as no database's collation and no locale can change. */
export const compareText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

/**
 * The order in which a type's items are listed and served: active, reserve, disabled, retired; in each
 * by priority, module, name and label, compared by code unit, and last by id, for rows that go by one name. Total,
 * so that two processes never disagree.
 */
export const compareItems = (one: PluginItem, other: PluginItem): number => compare(one, other, isRetiredRow);

/** The items in that order, where some of those that are retired may be in use all the same. */
export function inOrder(
  items: readonly PluginItem[],
  isRetired: (item: PluginItem) => boolean,
): readonly PluginItem[] {
  const isOutOfPlace = (item: PluginItem): boolean => isRetiredRow(item) && !isRetired(item);
  return items.some(isOutOfPlace) ? [...items].sort((one, other) => compare(one, other, isRetired)) : items;
}

function compare(one: PluginItem, other: PluginItem, isRetired: (item: PluginItem) => boolean): number {
  const rank = (item: PluginItem): number => (isRetired(item) ? retiredRank : ranks[item.status]);
  return (
    rank(one) - rank(other) ||
    one.priority - other.priority ||
    compareText(one.module, other.module) ||
    compareText(one.name, other.name) ||
    compareText(one.label, other.label) ||
    compareText(one.id, other.id)
  );
}
