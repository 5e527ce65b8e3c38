import { describeType } from "../errors.ts";
import type { ItemRow, TypeRow } from "../store/rows.ts";
import type { SyncChange, SyncCounts, SyncPlan } from "./sync-plan.ts";

const signs = { create: "+", update: "~", rename: "~", restore: "^", retire: "-", purge: "x" } as const;

const shown = ["manager", "module", "name", "status", "priority", "description"] as const;

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

function formatChange(change: SyncChange): string[] {
  const row = change.after ?? change.before;
  if (row === null) return [];
  const head = `${signs[change.action]} ${change.action} ${subjectOf(change, row)}`;
  if (change.action === "create") {
    return ["status" in row ? `${head}   ${row.status}, priority ${row.priority}` : head];
  }
  return [head, ...fieldLines(change)];
}

function subjectOf(change: SyncChange, row: TypeRow | ItemRow): string {
  if (!("module" in row)) return describeType(row);
  const label = row.label === "" ? "" : ` ${JSON.stringify(row.label)}`;
  return `item ${row.module}/${row.name}${label} of ${change.type.name} (${change.type.manager})`;
}

function fieldLines({ before, after }: SyncChange): string[] {
  if (before === null || after === null) return [];
  const old = before as unknown as Record<string, unknown>;
  const next = after as unknown as Record<string, unknown>;
  return shown
    .filter((field) => old[field] !== next[field])
    .map((field) => `    ${field}: ${JSON.stringify(old[field])} -> ${JSON.stringify(next[field])}`);
}
