import type { TypeIdentity } from "./definition/identity.ts";
import { checkName } from "./definition/name.ts";
import { DatabaseUnavailableError, InvalidOptionError, PlugbayError } from "./errors.ts";
import { Plugbay } from "./plugbay.ts";
import { asRegistry, type Definitions, type Registry } from "./registry/registry.ts";
import { type Clock, systemClock } from "./runtime/clock.ts";
import type { AnyKysely } from "./store/any-kysely.ts";
import type { Database } from "./store/database.ts";
import { isKysely, kyselyDatabase } from "./store/kysely-database.ts";
import { Store } from "./store/store.ts";
import { tableNames } from "./store/table-names.ts";
import type { SyncMode } from "./sync/sync-plan.ts";

export interface OpenOptions {
  /**
   * `sqlite(path)`, `postgres(urlOrPool)`, `mysql(urlOrPool)`, or a Kysely instance of the application,
   * which is left open when plugbay closes.
   */
  readonly database: Database | AnyKysely;
  /** Types and plugins in any order, nested arrays allowed; or a registry made by `createRegistry`. */
  readonly plugins: Definitions | Registry;
  /** How the rows are brought in line with `plugins` at the start. Default `create`; `false` leaves them alone. */
  readonly sync?: SyncMode | false;
  /** Keeps applications that share a database apart. Default `default`. */
  readonly namespace?: string;
  /** What the names of plugbay's tables start with. Default `plugbay_`. */
  readonly prefix?: string;
  /** Whether missing tables are made and old ones brought up to date. Default: only on SQLite. */
  readonly migrate?: boolean;
  /** How long a plugin's `create` may take, in milliseconds, before its item counts as failed. Default 5,000. */
  readonly prepareTimeoutMs?: number;
  /**
   * How often changes of other processes are looked for, in milliseconds; `false`: only by `refresh`.
   * Default 250 on SQLite, 1,000 on PostgreSQL and MySQL.
   */
  readonly pollIntervalMs?: number | false;
  /** Who appears in the history as the author of syncs. Default: nobody. */
  readonly actor?: string;
  /** The time, for tests. */
  readonly clock?: Clock;
}

export const defaultPrepareTimeoutMs = 5_000;

/** What only the command line needs to say. */
export interface InternalOptions {
  /** The types whose plugins are made. Default: all. */
  readonly prepares?: (type: TypeIdentity) => boolean;
}

/**
 * Opens plugbay: checks the definitions, connects, syncs the registry into the database, prepares the
 * plugins, and watches for changes. Close it with `close()` or `await using`.
 *
 * @throws the errors of registration; DriverMissingError, DatabaseUnavailableError,
 *   MigrationRequiredError, NewerDatabaseError, InvalidOptionError
 * @example
 * const plugbay = await openPlugbay({ database: sqlite("app.db"), plugins: [otp, smsIr] });
 * await plugbay.get(otp)?.sendOtp("+1 555 0100", "123456");
 */
export async function openPlugbay(options: OpenOptions): Promise<Plugbay> {
  return open(options, {});
}

export async function open(options: OpenOptions, internal: InternalOptions): Promise<Plugbay> {
  const {
    sync = "create",
    clock = systemClock,
    actor = null,
    prepareTimeoutMs = defaultPrepareTimeoutMs,
  } = options;
  if (sync !== false && sync !== "create" && sync !== "update") {
    throw new InvalidOptionError("sync", sync, `it is "create", "update" or false`);
  }
  checkDuration("prepareTimeoutMs", prepareTimeoutMs);
  const { pollIntervalMs } = options;
  if (pollIntervalMs !== undefined && pollIntervalMs !== false) checkDuration("pollIntervalMs", pollIntervalMs);
  const registry = asRegistry(options.plugins);

  const store = await openStore(options);
  const plugbay = new Plugbay({
    registry,
    store,
    clock,
    prepareTimeoutMs,
    actor,
    syncOnRegister: sync,
    ...internal,
  });
  try {
    if (options.migrate ?? store.dialect.migratesOnOpen) await store.migrate();
    else await store.checkMigrated();
    await plugbay.start(sync, pollIntervalMs ?? store.dialect.pollIntervalMs);
    return plugbay;
  } catch (error) {
    await plugbay.close().catch(() => undefined);
    throw error instanceof PlugbayError ? error : new DatabaseUnavailableError(store.description, error);
  }
}

/** Connects to the database of the options, without looking whether its tables are there. */
export async function openStore({ database, namespace = "default", prefix }: OpenOptions): Promise<Store> {
  const tables = tableNames(prefix);
  checkName("namespace", namespace);
  const source = asDatabase(database);
  return new Store(await source.connect(), source.description, namespace, tables);
}

function asDatabase(database: OpenOptions["database"]): Database {
  if (isKysely(database)) return kyselyDatabase(database);
  if (typeof database === "object" && database !== null && "connect" in database) return database;
  throw new InvalidOptionError(
    "database",
    database,
    "it is made by sqlite(), postgres() or mysql(), or is a Kysely instance",
  );
}

function checkDuration(option: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new InvalidOptionError(option, value, "it is a number of milliseconds above 0");
  }
}
