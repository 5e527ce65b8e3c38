import type { PluginItem } from "../definition/plugin-item.ts";

const ranks = { active: 0, reserve: 1, disable: 2 } as const;
const retiredRank = 3;

const rank = (item: PluginItem): number => (item.retiredAt === null ? ranks[item.status] : retiredRank);

/** By code unit, as no database's collation and no locale can change. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * The order in which a type's items are listed and served: active, reserve, disabled, retired; in each
 * by priority, module, name and label, compared by code unit, and last by id, for rows that go by one name. Total,
 * so that two processes never disagree.
 */
export function compareItems(one: PluginItem, other: PluginItem): number {
  return (
    rank(one) - rank(other) ||
    one.priority - other.priority ||
    compareText(one.module, other.module) ||
    compareText(one.name, other.name) ||
    compareText(one.label, other.label) ||
    compareText(one.id, other.id)
  );
}
