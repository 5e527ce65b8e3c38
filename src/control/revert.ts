import type { PluginItem } from "../definition/plugin-item.ts";
import type { AuditEntry } from "../store/audit.ts";
import type { Action } from "../store/change.ts";
import type { ItemRow } from "../store/rows.ts";

/** What an operator decides of an item. Names and the like are for the code to say, whatever history tells. */
const fields = ["status", "priority", "description", "retiredAt", "retiredBy"] as const;

type Decisions = Pick<PluginItem, (typeof fields)[number]>;

/** Whether an entry tells of a change of such fields, and of nothing else. */
export function isChangeOfDecisions({ entity, before, after }: AuditEntry): boolean {
  if (entity !== "item" || before === null || after === null) return false;
  const changed = Object.keys(after);
  return changed.length > 0 && changed.every((name) => fields.some((field) => field === name));
}

/** The fields that are no longer as the entry left them. */
export const changedSince = ({ after }: AuditEntry, item: Decisions): string[] =>
  fields.filter((field) => after !== null && field in after && after[field] !== item[field]);

/** The item as it was before the entry. */
export function withoutChange({ before }: AuditEntry, row: ItemRow): { action: Action; after: ItemRow } {
  const after: ItemRow = { ...row, ...(before as Partial<Decisions>) };
  if ((row.retiredAt === null) === (after.retiredAt === null)) return { action: "update", after };
  return { action: after.retiredAt === null ? "restore" : "retire", after };
}
