import type { PlugbayCalls } from "./calling/plugbay-calls.ts";
import type { Control } from "./control/control.ts";
import type { PublicClass } from "./definition/class-shape.ts";
import type { Plugin } from "./definition/plugin.ts";
import type { PluginItem } from "./definition/plugin-item.ts";
import type { AnyPluginType, PluginType } from "./definition/plugin-type.ts";
import type { State } from "./following/state.ts";
import type { Lease } from "./instances/lease.ts";
import type { Registry } from "./registry/registry.ts";
import type { AttentionEntry } from "./seeing/attention/attention-entry.ts";
import type { ItemExplanation } from "./selection/explanation.ts";
import type { Readiness } from "./selection/readiness.ts";
import type { EventName, Listener } from "./serving/events.ts";
import type { SyncCounts, SyncOptions, SyncPlan } from "./sync/sync-plan.ts";

/** What `getById` may be told. */
export interface GetByIdOptions {
  /** Whether a disabled item's implementation is given, too. Default false. */
  readonly includeDisabled?: boolean | undefined;
}

/**
 * An open plugbay: reads from memory, writes through `sync` and `control`. Made by `openPlugbay`.
 *
 * A token that is not the registered one, but has its identity, stands for it; the selector is the registration's.
 */
export interface Plugbay extends PlugbayCalls, AsyncDisposable {
  /** What an operator does: list, update, reorder, history. */
  readonly control: Control;
  /** The types and plugins of this process. What is registered later is synced and served soon after. */
  readonly registry: Registry;
  /** What keeps applications that share a database apart. */
  readonly namespace: string;
  /** The id of this process in the list of processes; undefined when it does not tell that it is alive. */
  readonly processId: string | undefined;
  /** How this process stands with the database, and how old its snapshot is. */
  readonly state: State;

  /**
   * The instance that serves a type now, or undefined when none can. Synchronous, from memory: it never
   * asks the database. Further arguments are those of the type's selector.
   *
   * @throws InvalidTokenError, UnknownTypeError, SelectorMismatchError, SelectorError, ClosedError
   * @example
   * plugbay.get(otp)?.sendOtp("+1 555 0100", "123456");
   */
  get<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): T | undefined;

  /**
   * As `get`, for callers that cannot do without.
   *
   * @throws NoPluginAvailableError with the reason of every item; and as `get`
   * @example
   * await plugbay.require(otp).sendOtp("+1 555 0100", "123456");
   */
  require<T extends object, Args extends readonly unknown[]>(type: PluginType<T, Args>, ...args: Args): T;

  /**
   * As `get`, with a promise: the instance is not disposed of before the lease is released, whatever an operator
   * changes meanwhile. undefined when none can serve.
   *
   * @throws as `get`
   * @example
   * using lease = plugbay.lease(otp);
   * await lease?.instance.sendOtp("+1 555 0100", "123456");
   */
  lease<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): Lease<T> | undefined;

  /**
   * The class of the selected plugin, not instantiated; undefined when there is none, or when it has
   * `create` instead of a class.
   *
   * @throws as `get`
   * @example
   * const Sender = plugbay.getClass(otp);
   */
  getClass<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): (PublicClass<T> & (new (...args: never[]) => T)) | undefined;

  /**
   * The item that serves a type now, or undefined when none can. Further arguments are those of the
   * type's selector.
   *
   * @throws as `get`
   * @example
   * plugbay.selected(otp)?.name; // "sms_ir"
   */
  selected<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): PluginItem | undefined;

  /**
   * Every ready active implementation, in order. The list is the same one until something changes.
   *
   * @throws InvalidTokenError, UnknownTypeError, ClosedError
   * @example
   * await Promise.all(plugbay.getAll(notifier).map((one) => one.notify("deployed")));
   */
  getAll<T extends object>(type: PluginType<T, never>): readonly T[];

  /**
   * One item's implementation, as for a user's favourites: also one that is put aside. undefined when the type has no
   * such item, or it is retired, disabled (unless `includeDisabled`) or failed. A disabled item with an asynchronous
   * `create` that this process has not used yet is begun by the first call and there for a later one.
   *
   * @throws as `getAll`; UnknownOptionError
   * @example
   * plugbay.getById(otp, user.favouriteItemId)?.sendOtp("+1 555 0100", "123456");
   */
  getById<T extends object>(
    type: PluginType<T, never>,
    itemId: string,
    options?: GetByIdOptions,
  ): T | undefined;

  /**
   * The type's items in the order of selection: active, reserve, disabled. Retired ones are left out. The list is the
   * same one until something changes.
   *
   * @throws as `getAll`
   * @example
   * plugbay.items(otp).map(({ name, status }) => `${name}: ${status}`);
   */
  items(type: AnyPluginType): readonly PluginItem[];

  /**
   * A plugin's items, in the order of selection, retired ones left out: one, or of a configurable plugin as many as
   * there are labels. Another copy's plugin of the same identity stands for the registered one.
   *
   * @throws InvalidTokenError, UnknownTypeError, UnknownPluginError, ClosedError
   * @example
   * plugbay.itemsOf(stripe).map((item) => item.label); // ["eu", "us"]
   */
  itemsOf(plugin: Plugin): readonly PluginItem[];

  /**
   * Every item of the type, retired ones included, with the reason why it is or is not selected.
   *
   * @throws as `get`
   * @example
   * for (const { item, reason } of plugbay.explain(otp)) console.log(item.name, reason);
   */
  explain<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): ItemExplanation[];

  /**
   * What this process found about an item.
   *
   * @example
   * plugbay.readiness(item).kind; // "ready"
   */
  readiness(item: PluginItem): Readiness;

  /**
   * What an operator should look at now, the gravest first: types that nothing serves or not their first choice does,
   * items that are put aside, fail or are missing, holds and leads about to end, processes that are behind, silent or of
   * other code, keys and migrations. It goes by what all processes say of themselves, at most 15 seconds ago, and reads
   * the database for that. Entries join and end by themselves. At most 1,000.
   *
   * @throws ClosedError; what the database says
   * @example
   * const [gravest] = await plugbay.attention();
   * if (gravest?.gravity === "critical") console.error(gravest.message, gravest.fix);
   */
  attention(): Promise<AttentionEntry[]>;

  /**
   * The changes that a sync with these options would make now. Writes nothing.
   *
   * @throws UnknownOptionError, InvalidOptionError, SchemaTimeoutError; what the database says
   * @example
   * console.log(formatPlan(await plugbay.planSync({ mode: "update", prune: true })));
   */
  planSync(options?: SyncOptions): Promise<SyncPlan>;

  /**
   * Brings the rows in line with the registry, in one transaction, and resolves with the numbers when
   * this process serves by it. A second run writes nothing.
   *
   * @throws as `planSync`
   * @example
   * await plugbay.sync({ mode: "update", prune: true });
   */
  sync(options?: SyncOptions): Promise<SyncCounts>;

  /**
   * Takes over what changed in the database, and resolves when it serves: what has to be made anew is ready then, or
   * has failed. Calls made at once share the work. What was registered meanwhile is synced, too.
   *
   * @throws ClosedError; what the database says
   * @example
   * await plugbay.refresh();
   */
  refresh(): Promise<void>;

  /**
   * Takes over what changed when the snapshot was not compared with the database for `ms` milliseconds; 0 does so every
   * time. It waits for nothing that is being made. For hosts that freeze a process between requests, where no timer
   * runs, and for requests that must go by what an operator decided a moment ago. A database that does not answer is no
   * error: the last snapshot serves.
   *
   * @throws ClosedError
   * @example
   * await plugbay.refreshIfOlderThan(1_000); // at the start of a request
   */
  refreshIfOlderThan(ms: number): Promise<void>;

  /**
   * Calls `listener` on every event of that name; returns the function that ends this one subscription. A listener
   * that subscribed twice is called twice, until both have ended.
   *
   * @throws InvalidOptionError for a name that is none of an event
   * @example
   * const stop = plugbay.on("readiness", ({ item, readiness }) => console.log(item.name, readiness.kind));
   */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;

  /**
   * Ends everything, within 5 seconds whatever hangs. Calls that are under way have 3 seconds to end; those that do not
   * hear of it by their signal, and have one more before their instances are disposed of. A second call waits for the same end.
   *
   * @example
   * process.once("SIGTERM", () => void plugbay.close());
   */
  close(): Promise<void>;
}
