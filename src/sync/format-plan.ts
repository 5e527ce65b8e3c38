import { formatChange } from "./format-change.ts";
import { formatHeldBack } from "./format-held-back.ts";
import type { SyncCounts, SyncPlan } from "./sync-plan.ts";

/**
 * A plan as a diff for people: a line a change, and under it a line for every field that becomes
 * something else.
 *
 * @example
 * console.log(formatPlan(await plugbay.planSync({ mode: "update", prune: true })));
 * // + item apps/otp-sms:sms_ir of otp (apps/otp)   active, priority 10
 * // ~ item apps/otp-mail:smtp of otp (apps/otp)
 * //     priority: 0 -> 5
 * // = keep item apps/otp-fax:fax of otp (apps/otp)   held back: web-1:4021 (1.7.2) has it
 */
export function formatPlan(plan: SyncPlan): string {
  const { changes, heldBack, counts } = plan;
  const held = heldBack.map(formatHeldBack);
  if (changes.length === 0 && held.length === 0) {
    return "Nothing to do: the database is in line with the registry.";
  }
  return [...changes.flatMap(formatChange), ...held, "", formatCounts(counts)].join("\n");
}

/** The numbers of a sync in two lines, and a third where a prune held something back. */
export function formatCounts(counts: SyncCounts): string {
  return [
    `types: ${counts.typesCreated} created, ${counts.typesUpdated} updated, ${counts.typesFound} found, ${counts.prunedTypes} retired`,
    `items: ${counts.itemsCreated} created, ${counts.itemsUpdated} updated, ${counts.itemsFound} found, ${counts.prunedItems} retired`,
    ...(counts.heldBack === 0
      ? []
      : [
          `held back: ${counts.heldBack}, which running processes have; a later sync retires them; see: npx plugbay doctor`,
        ]),
  ].join("\n");
}
