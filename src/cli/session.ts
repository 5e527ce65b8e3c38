import { snapshotOf } from "../open/facade.ts";
import { type InternalOptions, type OpenOptions, open, openStore } from "../open/open-plugbay.ts";
import type { Plugbay } from "../plugbay.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { Database } from "../store/database.ts";
import { databaseOf } from "../store/kysely-database.ts";
import type { SqlStore } from "../store/sql-store.ts";
import type { LoadedConfig } from "./config.ts";
import { whileOpen } from "./while-open.ts";

type SessionOptions = InternalOptions & Pick<OpenOptions, "actor">;

/**
 * Opens plugbay as the config says, for one command. Nothing is made or synced unasked: no file of a database and no
 * tables, and no plugin unless `prepares` says so.
 */
export async function withPlugbay<T>(
  { file: _, serve: __, alerts: ___, database, requireReason = false, ...options }: LoadedConfig,
  work: (plugbay: Plugbay, snapshot: Snapshot) => Promise<T>,
  { prepares = () => false, ...session }: SessionOptions = {},
): Promise<T> {
  const quiet = { sync: false, pollIntervalMs: false, heartbeatMs: false, readyTimeoutMs: 1_000 } as const;
  const asItIs = { database: onlyExisting(database), migrate: false } as const;
  const opened = await open({ ...options, ...session, ...quiet, ...asItIs }, { prepares, requireReason });
  return whileOpen(opened, (plugbay) => work(plugbay, snapshotOf(plugbay)));
}

/** Connects to the config's database, whether its tables are there or not. */
export async function withStore<T>(
  { database, ...options }: LoadedConfig,
  work: (store: SqlStore) => Promise<T>,
  { mayCreate = false } = {},
): Promise<T> {
  const store = openStore({ ...options, database: mayCreate ? database : onlyExisting(database) });
  return whileOpen(store, async () => {
    await store.connect();
    return work(store);
  });
}

/** In a wrong folder, an empty file would be made, of which everything that is asked is true. */
function onlyExisting(given: OpenOptions["database"]): Database {
  const database = databaseOf(given);
  return { ...database, connect: (options) => database.connect({ ...options, mayCreate: false }) };
}
