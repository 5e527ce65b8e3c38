import type { SchemaWait } from "../../definition/check-config.ts";
import type { Registry } from "../../registry/registry.ts";
import { localRows } from "../../selection/local-rows.ts";
import { emptySnapshot } from "../../selection/snapshot.ts";
import type { Rows } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { prepareSync } from "../../sync/apply-sync.ts";
import type { Evidence } from "./diagnose.ts";

/** How far back the history is looked at. */
const entriesRead = 1_000;

/** What the database says, of which these are all rows. Rows that were edited by hand are known when all were read. */
export async function writtenEvidence(
  registry: Registry,
  store: Store,
  wait: SchemaWait,
  rows: Rows,
): Promise<NonNullable<Evidence["written"]>> {
  const processes = await store.processes();
  const plan = await prepareSync(registry, store, wait, { prune: true }, { rows, living: processes });
  const newerMigrations = await store.newerMigrations();
  await store.history({ limit: entriesRead });
  await store.findUnreadableEntries();
  store.faults.noteCollisions(localRows(rows, registry, emptySnapshot).collisions);
  return { plan, faults: store.faults.all, processes, newerMigrations };
}
