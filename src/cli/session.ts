import { snapshotOf } from "../open/facade.ts";
import { type InternalOptions, type OpenOptions, open, openStore } from "../open/open-plugbay.ts";
import type { Plugbay } from "../plugbay.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { Store } from "../store/store.ts";
import type { LoadedConfig } from "./config.ts";
import { whileOpen } from "./while-open.ts";

type SessionOptions = InternalOptions & Pick<OpenOptions, "actor" | "migrate">;

/**
 * Opens plugbay as the config says, for one command. Nothing is synced unasked, and no plugin is made
 * unless `prepares` says so.
 */
export async function withPlugbay<T>(
  { file: _, serve: __, ...options }: LoadedConfig,
  work: (plugbay: Plugbay, snapshot: Snapshot) => Promise<T>,
  { prepares = () => false, ...session }: SessionOptions = {},
): Promise<T> {
  const quiet = { sync: false, pollIntervalMs: false, heartbeatMs: false, readyTimeoutMs: 1_000 } as const;
  const opened = await open({ ...options, ...session, ...quiet }, { prepares });
  return whileOpen(opened, (plugbay) => work(plugbay, snapshotOf(plugbay)));
}

/** Connects to the config's database, whether its tables are there or not. */
export async function withStore<T>(config: LoadedConfig, work: (store: Store) => Promise<T>): Promise<T> {
  return whileOpen(openStore(config), async (store) => {
    await store.connect();
    return work(store);
  });
}
