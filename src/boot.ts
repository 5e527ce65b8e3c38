import { newUuid } from "./definition/uuid.ts";
import { DatabaseUnavailableError, PlugbayError } from "./errors.ts";
import type { Plugbay } from "./plugbay.ts";
import type { Registry } from "./registry/registry.ts";
import type { SnapshotFile } from "./runtime/snapshot-file.ts";
import { retry } from "./store/retry.ts";
import type { Rows } from "./store/rows.ts";
import { isUnreachable } from "./store/server-error.ts";
import type { Store } from "./store/store.ts";
import { planSync } from "./sync/plan-sync.ts";

interface Boot {
  readonly plugbay: Plugbay;
  readonly store: Store;
  readonly registry: Registry;
  readonly readyTimeoutMs: number;
  /** What serves when the database does not answer. */
  readonly from: "fail" | "code" | SnapshotFile;
}

const longestPauseMs = 500;

/**
 * Waits for the database as long as it may, and begins to serve: from it, or else from what was chosen to
 * stand in for it. What is wrong with an answering database (its tables, say) is an error all the same.
 */
export async function boot({ plugbay, store, registry, readyTimeoutMs, from }: Boot): Promise<void> {
  try {
    await begin(plugbay, store, readyTimeoutMs);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError) || from === "fail") throw error;
    if (from === "code") return plugbay.bootstrap("code", rowsFromCode(registry), error);
    const rows = await from.read();
    if (rows === undefined) throw error;
    await plugbay.bootstrap("file", rows, error);
  }
}

async function begin(plugbay: Plugbay, store: Store, readyTimeoutMs: number): Promise<void> {
  let attempts = 0;
  const start = performance.now();
  const attempt = (): Promise<void> => {
    attempts += 1;
    return plugbay.begin();
  };
  try {
    await retry(attempt, isUnreachable, readyTimeoutMs, longestPauseMs);
  } catch (error) {
    const isLost = error instanceof DatabaseUnavailableError;
    if (error instanceof PlugbayError && !(isLost && attempts > 1)) throw error;
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    const tried = attempts > 1 ? `tried ${attempts} times in ${seconds} s` : undefined;
    throw new DatabaseUnavailableError(store.description, isLost ? error.cause : error, tried);
  }
}

/** The rows that a first sync would write. */
function rowsFromCode(registry: Registry): Rows {
  const nothing: Rows = { revision: 0, types: [], items: [], purged: [] };
  const now = new Date().toISOString();
  const { changes } = planSync(registry, nothing, { mode: "create", prune: false, newId: newUuid, now });
  return {
    ...nothing,
    types: changes.flatMap((change) => (change.entity === "type" && change.after ? [change.after] : [])),
    items: changes.flatMap((change) => (change.entity === "item" && change.after ? [change.after] : [])),
  };
}
