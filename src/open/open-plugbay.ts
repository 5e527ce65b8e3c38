import { checkHooks } from "../definition/check-hooks.ts";
import { InvalidOptionError } from "../definition/errors.ts";
import type { Hook } from "../definition/hooks.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import { checkName } from "../definition/name.ts";
import { type Bootstrap, bootstrapSources } from "../following/bootstrap-sources.ts";
import { SnapshotFile } from "../following/snapshot-file.ts";
import { checkHealthCheckOptions, type HealthCheckOptions } from "../instances/health-check-options.ts";
import type { Instances } from "../instances/instances.ts";
import { schemaWait } from "../instances/schema-wait.ts";
import type { Plugbay } from "../plugbay.ts";
import { asRegistry, type Definitions, type Registry } from "../registry/registry.ts";
import { InvalidKeysError } from "../secrets/errors.ts";
import { KeyRing } from "../secrets/key-ring.ts";
import type { AlertTarget } from "../seeing/alerts/alert-target.ts";
import type { Offers } from "../serving/offers.ts";
import type { Database } from "../store/database.ts";
import { databaseOf } from "../store/kysely-database.ts";
import type { KyselyInstance } from "../store/kysely-instance.ts";
import type { PushChannel } from "../store/push-channel.ts";
import { SqlStore } from "../store/sql-store.ts";
import type { Store } from "../store/store.ts";
import { tableNames } from "../store/table-names.ts";
import type { SyncMode } from "../sync/sync-plan.ts";
import { type Clock, systemClock } from "../time/clock.ts";
import { boot } from "./boot.ts";
import { Facade } from "./facade.ts";
import { Parts } from "./parts.ts";

/** What `openPlugbay` may be told. `database` and `plugins` are needed. */
export interface OpenOptions {
  /**
   * `sqlite(path)`, `postgres(urlOrPool)`, `mysql(urlOrPool)`, or a Kysely instance of the application,
   * which is left open when plugbay closes. Of its plugins, only `withSchema` counts.
   */
  readonly database: Database | KyselyInstance;
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
  /**
   * How long a plugin's `create` may take, in milliseconds, before its item counts as failed, and a config's
   * asynchronous schema before a save, or a sync, is refused. Default 5,000.
   */
  readonly prepareTimeoutMs?: number;
  /**
   * How long an instance that is out of service is left to those who took it from `get`, in milliseconds, before it
   * is disposed of. Leases and `run` have it for as long as they need it. Default 30,000; 0: not at all.
   */
  readonly graceMs?: number;
  /**
   * Has the `check` of every plugin in use called at intervals, with the stored configs. An item that fails
   * them is passed over until it passes one, unless nothing else is left to serve its type. Default: never.
   *
   * @example
   * healthChecks: { intervalMs: 30_000 }
   */
  readonly healthChecks?: HealthCheckOptions;
  /**
   * Who is told what needs attention, and if wanted what operators change: `webhook` and `slack` of `plugbay/alerts`. One
   * process of the fleet does so, whichever; all should have the same. Default: nobody.
   *
   * @example
   * alerts: [webhook({ url: "https://example.com/hooks/plugbay", secret: process.env.ALERT_SECRET ?? "" })]
   */
  readonly alerts?: readonly AlertTarget[];
  /**
   * The keys of secrets in configs, as `npx plugbay keys generate` makes them: `id:base64key,id2:base64key`.
   * The first one encrypts, all of them decrypt. Default: the environment variable `PLUGBAY_KEYS`.
   */
  readonly keys?: string;
  /**
   * How often changes of other processes are looked for, in milliseconds. `false`: only by `refresh`; then nothing
   * is listened to either, and what this process changes is still told to the others.
   * Default 850 on MySQL and PostgreSQL, 5,000 while a push channel works; 100 on SQLite (250 through a Kysely
   * instance), 1,000 while its file gives signs.
   */
  readonly pollIntervalMs?: number | false;
  /**
   * The line over which processes tell each other of changes. Default: LISTEN/NOTIFY on PostgreSQL, unless
   * a Kysely instance was handed in; none elsewhere. `redis(url)` of `plugbay/redis`, or `false` for none.
   * One channel may be handed to several plugbays; the last one that closes closes it.
   */
  readonly push?: PushChannel | false;
  /**
   * What serves when the database does not answer at the start. `"fail"` (default): nothing, it throws. `"code"`:
   * the registered plugins, by the status and priority that they have in code. `{ file }`: the last good snapshot,
   * which is kept in that file. A list is tried in its order: a file that is not there, or is not whole, falls back to
   * the next source, and a list that ends without `"code"` throws. All of them go over to the database as soon as it
   * answers.
   *
   * @example
   * bootstrap: [{ file: "plugbay-snapshot.json" }, "code"]
   */
  readonly bootstrap?: Bootstrap;
  /** How long to try for at the start, in milliseconds, before `bootstrap` decides. Default 5,000. */
  readonly readyTimeoutMs?: number;
  /** The application's version, for the list of processes. Default `""`. */
  readonly version?: string;
  /**
   * How often this process notes that it is alive, and which plugins it has, in milliseconds. Default 15,000.
   * `false`: never. Then it is not in the list of processes, and a prune of another version retires what only this
   * one has; it serves that on all the same.
   */
  readonly heartbeatMs?: number | false;
  /** What is done around every call, outside of what types and calls have. Default: nothing. */
  readonly hooks?: readonly Hook[];
  /**
   * Whether calls through `run`, `service`, `stream` and `runAll` are counted by item and minute, for `control.traffic`
   * and the panel. The database is told every 10 seconds, where there were calls. Default `true`.
   */
  readonly traffic?: boolean;
  /** Who appears in the history as the author of syncs. Default: nobody. */
  readonly actor?: string;
  /** The time, for tests. Default: the system's. */
  readonly clock?: Clock;
}

export const defaultPrepareTimeoutMs = 5_000;
const defaultGraceMs = 30_000;
const defaultNamespace = "default";

/** What only the command line and tests need to say. */
export interface InternalOptions {
  /** The types whose plugins are made. Default: all. */
  readonly prepares?: (type: TypeIdentity) => boolean;
  /** Makes no plugins, and tells how items do by what the application's processes report. Default false. */
  readonly observes?: boolean;
  /** Whether changes by `control` need a reason. Default false. */
  readonly requireReason?: boolean;
  /** What `get` reads. Default: what the snapshot offers. */
  readonly offersOf?: (instances: Instances) => Offers;
}

/**
 * Opens plugbay: checks the definitions, connects, syncs the registry into the database, prepares the
 * plugins, and watches for changes. Close it with `close()` or `await using`.
 *
 * @throws the errors of registration; DriverMissingError, DatabaseUnavailableError,
 *   DatabaseSettingError, MigrationRequiredError, NewerDatabaseError, SchemaMissingError, InvalidOptionError,
 *   InvalidKeysError, UnknownOptionError
 * @example
 * const plugbay = await openPlugbay({ database: sqlite("app.db"), plugins: [otp, smsIr] });
 * await plugbay.get(otp)?.sendOtp("+1 555 0100", "123456");
 */
export async function openPlugbay(options: OpenOptions): Promise<Plugbay> {
  checkKnown("openPlugbay", options, optionNames);
  return open(options, {});
}

export async function open(options: OpenOptions, internal: InternalOptions): Promise<Plugbay> {
  checkOptions(options);
  return new Facade(await openParts(openStore(options), options, internal));
}

/** The parts of a plugbay over this store, which serves and follows. @throws as `openPlugbay` */
export async function openParts(
  store: Store,
  options: Omit<OpenOptions, "database">,
  internal: InternalOptions,
): Promise<Parts> {
  const { readyTimeoutMs = 5_000 } = options;
  const { sync = "create", clock = systemClock } = options;
  const { prepareTimeoutMs = defaultPrepareTimeoutMs, graceMs = defaultGraceMs } = options;
  const wait = schemaWait(clock, prepareTimeoutMs);
  const registry = asRegistry(options.plugins);
  const keys = openKeys(options);
  const sources = bootstrapSources(options.bootstrap ?? "fail").map((source) =>
    source === "code" ? source : new SnapshotFile(source.file, store.installation),
  );
  const parts = new Parts({
    registry,
    store,
    clock,
    sync,
    snapshotFiles: sources.filter((source) => source !== "code"),
    keys,
    healthChecks: options.healthChecks,
    alerts: options.alerts,
    hooks: checkHooks(options.hooks),
    prepareTimeoutMs,
    graceMs,
    wait,
    migrate: options.migrate ?? store.dialect.migratesOnOpen,
    actor: options.actor ?? null,
    version: options.version ?? "",
    pollIntervalMs: options.pollIntervalMs,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    traffic: options.traffic ?? true,
    ...internal,
  });
  try {
    await boot({ following: parts.following, store, registry, readyTimeoutMs, wait, sources });
    parts.start();
    return parts;
  } catch (error) {
    await parts.close().catch(() => undefined);
    throw error;
  }
}

/** The keys of the options, or of the environment. @throws InvalidKeysError */
export const openKeys = ({ keys }: Pick<OpenOptions, "keys">): KeyRing =>
  KeyRing.parse(keys ?? process.env.PLUGBAY_KEYS ?? "");

/** The store of the options; it connects when it is told to. */
export function openStore({
  database,
  namespace = defaultNamespace,
  prefix,
  push,
  clock = systemClock,
}: OpenOptions): SqlStore {
  const tables = tableNames(prefix);
  checkName("namespace", namespace);
  return new SqlStore(databaseOf(database), namespace, tables, clock, push);
}

/** With the section of a `Config` that is the command's alone: an application may hand its config over. */
const optionNames: OptionNames<OpenOptions> & { readonly serve: true } = {
  database: true,
  plugins: true,
  sync: true,
  namespace: true,
  prefix: true,
  migrate: true,
  prepareTimeoutMs: true,
  graceMs: true,
  healthChecks: true,
  alerts: true,
  keys: true,
  pollIntervalMs: true,
  push: true,
  bootstrap: true,
  readyTimeoutMs: true,
  version: true,
  heartbeatMs: true,
  hooks: true,
  traffic: true,
  actor: true,
  clock: true,
  serve: true,
};

function checkOptions(options: OpenOptions): void {
  if (options.keys !== undefined && typeof options.keys !== "string") {
    throw new InvalidKeysError("it is not a string");
  }
  if (options.healthChecks !== undefined) checkHealthCheckOptions(options.healthChecks);
  const { sync, bootstrap = "fail" } = options;
  if (sync !== undefined && sync !== false && sync !== "create" && sync !== "update") {
    throw new InvalidOptionError("sync", sync, `it is "create", "update" or false`);
  }
  bootstrapSources(bootstrap);
  for (const name of ["prepareTimeoutMs", "readyTimeoutMs", "pollIntervalMs", "heartbeatMs"] as const) {
    const value = options[name];
    if (value !== undefined && value !== false) checkDuration(name, value);
  }
  if (options.traffic !== undefined && typeof options.traffic !== "boolean") {
    throw new InvalidOptionError("traffic", options.traffic, "it is true or false");
  }
  const { graceMs = 0 } = options;
  if (!(Number.isFinite(graceMs) && graceMs >= 0)) {
    throw new InvalidOptionError("graceMs", graceMs, "it is a number of milliseconds, 0 or above");
  }
}

function checkDuration(option: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new InvalidOptionError(option, value, "it is a number of milliseconds above 0");
  }
}
