import { formatChange } from "./format-change.ts";
import type { SyncCounts, SyncPlan } from "./sync-plan.ts";

/**
 * A plan as a diff for people: a line a change, and under it a line for every field that becomes
 * something else.
 *
 * @example
 * console.log(formatPlan(await plugbay.planSync({ mode: "update", prune: true })));
 * // + item apps/otp-sms/sms_ir of otp (apps/otp)   active, priority 10
 * // ~ item apps/otp-mail/smtp of otp (apps/otp)
 * //     priority: 0 -> 5
 */
export function formatPlan(plan: SyncPlan): string {
  if (plan.changes.length === 0) return "Nothing to do: the database is in line with the registry.";
  return [...plan.changes.flatMap(formatChange), "", formatCounts(plan.counts)].join("\n");
}

/** The numbers of a sync in two lines. */
export function formatCounts(counts: SyncCounts): string {
  return [
    `types: ${counts.typesCreated} created, ${counts.typesUpdated} updated, ${counts.typesFound} found, ${counts.prunedTypes} retired`,
    `items: ${counts.itemsCreated} created, ${counts.itemsUpdated} updated, ${counts.itemsFound} found, ${counts.prunedItems} retired`,
  ].join("\n");
}
