import { knownInRows } from "../selection/remains.ts";
import { noRows, type Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { isEmptied, type LastKnown } from "./emptied.ts";
import type { RegisteredSync } from "./registered-sync.ts";

export interface FirstRowsOptions {
  readonly store: Store;
  /** Whether the tables are made and brought up to date. */
  readonly migrate: boolean;
  /** Whether it was not asked a moment ago whether the database answers. */
  readonly isUnsure: boolean;
  /** What is known of the database that it has to be. */
  readonly lastKnown: LastKnown | undefined;
  readonly sync: RegisteredSync;
}

/**
 * The rows to start from: read once where the sync finds nothing to do.
 *
 * @throws what the database says; DatabaseReplacedError
 */
export async function readFirstRows(options: FirstRowsOptions): Promise<Rows> {
  const { store, migrate, isUnsure, lastKnown, sync } = options;
  await store.connect();
  if (isUnsure) await store.ping();
  await store.checkOrigin();
  if (migrate) await store.migrate();
  else await store.checkMigrated();
  const rows = await store.readAll();
  if (lastKnown) await checkRemains(store, lastKnown, rows);
  store.confirm();
  return sync.start(rows);
}

/** Emptied tables would be filled by a sync as if nobody had ever decided anything. @throws DatabaseReplacedError */
async function checkRemains(store: Store, { mark, read }: LastKnown, rows: Rows): Promise<void> {
  const known = async () => knownInRows((await read()) ?? noRows);
  if (await isEmptied(store, mark, known, rows)) throw store.emptied();
}
