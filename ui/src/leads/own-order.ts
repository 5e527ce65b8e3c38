import type { ExplainedItem } from "../../../src/admin/contract/contract.ts";
import { compareNames } from "../../../src/selection/order.ts";
import { statuses } from "../statuses.ts";

/** The items of a type in the order that their statuses and priorities give, as it is when no item leads. */
export function inOwnOrder(items: readonly ExplainedItem[]): readonly ExplainedItem[] {
  if (items.every(({ lead }) => lead === null)) return items;
  return [...items].sort(
    (one, other) =>
      Number(one.retiredAt !== null) - Number(other.retiredAt !== null) ||
      statuses.indexOf(one.status) - statuses.indexOf(other.status) ||
      one.priority - other.priority ||
      compareNames(one, other),
  );
}

/** What would serve a type without a selector if no item led: the first in use that is ready. */
export const servingAfterLead = (items: readonly ExplainedItem[]): ExplainedItem | undefined =>
  inOwnOrder(items).find(
    ({ status, retiredAt, readiness }) =>
      status !== "disable" && retiredAt === null && readiness.kind === "ready",
  );

/** The item that leads now. */
export const leaderOf = (items: readonly ExplainedItem[]): ExplainedItem | undefined =>
  items.find(({ lead, retiredAt }) => lead !== null && retiredAt === null);
