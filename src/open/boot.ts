import type { SchemaWait } from "../definition/check-config.ts";
import type { LastKnown } from "../following/emptied.ts";
import type { Following } from "../following/following.ts";
import type { SnapshotFile } from "../following/snapshot-file.ts";
import type { Registry } from "../registry/registry.ts";
import {
  DatabaseReplacedError,
  DatabaseUnavailableError,
  NoConnectionError,
  TooManyConnectionsError,
} from "../store/errors.ts";
import { retry } from "../store/retry.ts";
import { noRows, type Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { newUuid } from "../store/uuid.ts";
import { planSync } from "../sync/plan-sync.ts";
import { pluginsToConfigure } from "../sync/plugins-to-configure.ts";
import { type Clock, systemClock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { isoTime } from "../time/iso-time.ts";

interface Boot {
  readonly following: Following;
  readonly store: Store;
  readonly registry: Registry;
  readonly readyTimeoutMs: number;
  readonly wait: SchemaWait;
  /** What may serve when the database does not answer, in the order in which it is tried. */
  readonly sources: readonly ("code" | SnapshotFile)[];
}

const longestPauseMs = 500;

/**
 * Waits for the database as long as it may, and begins to serve: from it, or else from what was chosen to
 * stand in for it, where nothing answers. A database that answers, though with an error, is never stood in for:
 * an operator may have disabled there what would serve then. But in another database than the one that a snapshot was
 * taken of, no operator decided anything.
 */
export async function boot(options: Boot): Promise<void> {
  const { following, store, registry, readyTimeoutMs, wait, sources } = options;
  let hasAnswered = false;
  const onAnswer = (): void => {
    hasAnswered = true;
  };
  const lastKnown = await expectOrigin(store, sources);
  try {
    await begin(following, store, readyTimeoutMs, { onAnswer, lastKnown });
  } catch (error) {
    const isReplaced = error instanceof DatabaseReplacedError;
    // Of connections that an application lent, all may be in use, or waiting for a database that does not answer.
    const isSilent = error instanceof DatabaseUnavailableError || error instanceof NoConnectionError;
    const mayAnswer = hasAnswered || store.isBorrowed;
    if (!isReplaced && !(isSilent && !(mayAnswer && (await store.answers())))) throw error;
    const found = await firstGood(sources);
    if (found?.from !== "file") {
      // No file is whole, so nothing is known of another database.
      store.release();
      if (isReplaced) return boot({ ...options, sources: sources.filter((source) => source === "code") });
    }
    if (found === undefined) throw error;
    await following.bootstrap(found.from, await synced(found.rows, registry, wait, store.clock), error);
  }
}

/** Has the store take no other data than those that a snapshot was taken of; returns that snapshot. */
async function expectOrigin(store: Store, sources: Boot["sources"]): Promise<LastKnown | undefined> {
  const files = sources.filter((source) => source !== "code");
  for (const file of files) {
    const mark = await file.readMark();
    if (mark === undefined || mark.origin === "") continue;
    store.keepTo(
      mark.origin,
      files.map(({ path }) => path),
    );
    return { mark, read: () => file.read() };
  }
  return undefined;
}

/** What the first source has that has something. */
async function firstGood(
  sources: Boot["sources"],
): Promise<{ readonly from: "code" | "file"; readonly rows: Rows } | undefined> {
  for (const source of sources) {
    if (source === "code") return { from: "code", rows: noRows };
    const rows = await source.read();
    if (rows) return { from: "file", rows };
  }
  return undefined;
}

interface Beginning {
  readonly onAnswer: () => void;
  /** What is known of the database that it has to be. */
  readonly lastKnown: LastKnown | undefined;
}

async function begin(
  following: Following,
  store: Store,
  readyTimeoutMs: number,
  { onAnswer, lastKnown }: Beginning,
): Promise<void> {
  let attempts = 0;
  const start = systemClock.monotonic();
  const attempt = async (): Promise<void> => {
    attempts += 1;
    // Waits for nothing but the locks of a file.
    await store.connect();
    // Drivers wait longer for an address that never answers. What follows takes the time that it needs.
    const left = Math.ceil(Math.max(start + readyTimeoutMs - systemClock.monotonic(), longestPauseMs));
    const late = () =>
      new DatabaseUnavailableError(
        store.description,
        new Error(`connecting took longer than ${readyTimeoutMs} ms`),
      );
    await within(store.ping(), { clock: systemClock, ms: left, late });
    onAnswer();
    await following.begin(lastKnown);
  };
  const mayPass = (error: unknown) =>
    error instanceof TooManyConnectionsError || store.dialect.meaningOf(error)?.kind === "unreachable";
  try {
    await retry(attempt, mayPass, readyTimeoutMs, longestPauseMs);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError) || attempts === 1) throw error;
    const seconds = ((systemClock.monotonic() - start) / 1_000).toFixed(1);
    const tried = `tried ${attempts} times in ${seconds} s`;
    throw new DatabaseUnavailableError(store.description, error.cause, tried);
  }
}

/** The rows as a sync would leave them: with what this code adds, and under its names. */
async function synced(rows: Rows, registry: Registry, wait: SchemaWait, clock: Clock): Promise<Rows> {
  const toConfigure = await pluginsToConfigure(registry, wait);
  const now = isoTime(clock);
  const { changes } = planSync(registry, rows, {
    mode: "create",
    prune: false,
    newId: newUuid,
    toConfigure,
    now,
  });
  const types = new Map(rows.types.map((row) => [row.id, row]));
  const items = new Map(rows.items.map((row) => [row.id, row]));
  for (const { entity, after } of changes) {
    if (entity === "type" && after) types.set(after.id, after);
    if (entity === "item" && after) items.set(after.id, after);
  }
  return { ...rows, types: [...types.values()], items: [...items.values()] };
}
