import { createRegistry, type Definitions, type Plugin, type SyncPlan } from "plugbay";
import type { Rows } from "../../src/store/rows.ts";
import { noRows } from "../../src/store/rows.ts";
import { planSync } from "../../src/sync/plan-sync.ts";
import type { LivingProcess } from "../../src/sync/sync-plan.ts";

/** Ids that tell the order in which they were made. */
export function numberedIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  };
}

const newId = numberedIds();

interface PlanOptions {
  readonly mode?: "create" | "update";
  readonly prune?: boolean;
  readonly living?: readonly LivingProcess[];
  /** Plugins for which a sync makes no item, as their config has to be given. */
  readonly toConfigure?: ReadonlySet<Plugin>;
}

/** A process of the version 1.7.2 that has these definitions in its code. */
export function living(definitions: Definitions, pid = 4021): LivingProcess {
  const registry = createRegistry(definitions);
  const plugins = registry
    .types()
    .flatMap((type) =>
      registry
        .plugins(type)
        .map(({ module, name }) => ({ manager: type.manager, type: type.name, module, name })),
    );
  return { id: `process ${pid}`, host: "web-1", pid, version: "1.7.2", plugins };
}

/** A plan at a fixed time, with new ids. */
export const plan = (
  definitions: Definitions,
  rows: Rows = noRows,
  { mode = "create", prune = false, living = [], toConfigure = new Set() }: PlanOptions = {},
): SyncPlan =>
  planSync(createRegistry(definitions), rows, {
    mode,
    prune,
    living,
    newId,
    toConfigure,
    now: "2030-01-01T00:00:00.000Z",
  });
