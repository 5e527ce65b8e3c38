import { createRegistry, type Definitions, type SyncPlan } from "plugbay";
import type { Rows } from "../../src/store/rows.ts";
import { noRows } from "../../src/store/rows.ts";
import { planSync } from "../../src/sync/plan-sync.ts";

/** Ids that tell the order in which they were made. */
export function numberedIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  };
}

const newId = numberedIds();

/** A plan at a fixed time, with new ids. */
export const plan = (
  definitions: Definitions,
  rows: Rows = noRows,
  { mode = "create", prune = false }: { mode?: "create" | "update"; prune?: boolean } = {},
): SyncPlan =>
  planSync(createRegistry(definitions), rows, {
    mode,
    prune,
    newId,
    toConfigure: new Set(),
    now: "2030-01-01T00:00:00.000Z",
  });
