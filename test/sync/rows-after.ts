import { type ItemRow, noRows, type Rows, type TypeRow } from "../../src/store/rows.ts";
import type { SyncPlan } from "../../src/sync/sync-plan.ts";

/** The rows that a database has after a plan was carried out. */
export function rowsAfter(plan: SyncPlan, before: Rows = noRows): Rows {
  const types = new Map<string, TypeRow>(before.types.map((row) => [row.id, row]));
  const items = new Map<string, ItemRow>(before.items.map((row) => [row.id, row]));
  for (const { after } of plan.changes) {
    if (after === null) continue;
    if ("typeId" in after) items.set(after.id, after);
    else types.set(after.id, after);
  }
  return {
    ...before,
    revision: before.revision + 1,
    revisionId: `r${before.revision + 1}`,
    types: [...types.values()],
    items: [...items.values()],
    purged: [],
  };
}
