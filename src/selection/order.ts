import { statusInForce } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";

const isRetiredRow = (item: PluginItem): boolean => item.retiredAt !== null;

/** By code unit, as no database's collation and no locale can change. */
export const compareText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

/**
 * The order in which a type's items are listed and served: one that leads, active, reserve, disabled, retired; in each
 * by priority, module, name and label, compared by code unit, and last by id, for rows that go by one name. Of two that
 * lead, the one that was put first later. Total, so that two processes never disagree.
 */
export const compareItems = (one: PluginItem, other: PluginItem): number =>
  rankOf(one, isRetiredRow(one)) - rankOf(other, isRetiredRow(other)) || compareInRank(one, other);

/** The order of items that are in use, those among them that a sync retired included. */
export const compareInUse = (one: PluginItem, other: PluginItem): number =>
  rankOf(one, false) - rankOf(other, false) || compareInRank(one, other);

/** The items in that order, where some of those that are retired may be in use all the same. */
export function inOrder(
  items: readonly PluginItem[],
  isRetired: (item: PluginItem) => boolean,
): readonly PluginItem[] {
  if (!items.some((item) => isRetiredRow(item) && !isRetired(item))) return items;
  return [...items].sort(
    (one, other) =>
      rankOf(one, isRetired(one)) - rankOf(other, isRetired(other)) || compareInRank(one, other),
  );
}

function rankOf(item: PluginItem, isRetired: boolean): number {
  if (isRetired) return 3;
  const status = statusInForce(item);
  return status === "active" ? 0 : status === "reserve" ? 1 : 2;
}

const compareInRank = (one: PluginItem, other: PluginItem): number =>
  compareLeads(one, other) || one.priority - other.priority || compareNames(one, other);

const compareLeads = ({ lead: one }: PluginItem, { lead: other }: PluginItem): number =>
  compareText(other?.since ?? "", one?.since ?? "");

/** How items with the same status and priority are ordered. */
export const compareNames = (
  one: Pick<PluginItem, "module" | "name" | "label" | "id">,
  other: Pick<PluginItem, "module" | "name" | "label" | "id">,
): number =>
  compareText(one.module, other.module) ||
  compareText(one.name, other.name) ||
  compareText(one.label, other.label) ||
  compareText(one.id, other.id);
