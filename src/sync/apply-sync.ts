import type { SchemaWait } from "../definition/check-config.ts";
import { InvalidOptionError } from "../definition/errors.ts";
import type { Registry } from "../registry/registry.ts";
import type { Author } from "../store/change.ts";
import type { Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { newUuid } from "../store/uuid.ts";
import { isoTime } from "../time/iso-time.ts";
import { planSync } from "./plan-sync.ts";
import { pluginsToConfigure } from "./plugins-to-configure.ts";
import type { LivingProcess, SyncOptions, SyncPlan } from "./sync-plan.ts";

/** What a sync is planned by; what is left out is read now. */
interface Known {
  readonly rows?: Rows;
  /** Only a prune asks for them. */
  readonly living?: readonly LivingProcess[] | undefined;
}

/** The plan of a sync over these rows, or over the rows as they are now. */
export async function prepareSync(
  registry: Registry,
  store: Store,
  wait: SchemaWait,
  options: SyncOptions,
  { rows, living }: Known = {},
): Promise<SyncPlan> {
  const { mode = "create", prune = false } = options;
  if (mode !== "create" && mode !== "update")
    throw new InvalidOptionError("mode", mode, `it is "create" or "update"`);
  const toConfigure = await pluginsToConfigure(registry, wait);
  const now = isoTime(store.clock);
  return planSync(registry, rows ?? (await store.readAll()), {
    mode,
    prune,
    living: prune ? (living ?? (await store.processes())) : [],
    newId: newUuid,
    toConfigure,
    now,
  });
}

/**
 * Carries out a plan in one transaction. When another process changed something since the rows were
 * read, the plan is made anew from the rows as they are then. Returns the plan that was carried out;
 * one without changes writes nothing.
 */
export async function applySync(
  registry: Registry,
  store: Store,
  wait: SchemaWait,
  plan: SyncPlan,
  actor: string | null,
): Promise<SyncPlan> {
  if (plan.changes.length === 0) return plan;
  const author: Author = { actor, source: "sync" };
  // Not asked for inside the transaction, which may have the only connection.
  const living = plan.prune ? await store.processes() : undefined;
  let applied = plan;
  await store.write(author, async (current) => {
    applied = (await current.isAt(plan))
      ? plan
      : await prepareSync(registry, store, wait, plan, { rows: await current.rows(), living });
    return applied.changes;
  });
  return applied;
}
