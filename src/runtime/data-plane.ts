import type { PublicClass } from "../definition/class-shape.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType, PluginType } from "../definition/plugin-type.ts";
import { registeredType, selectingType } from "../registry/registered-type.ts";
import type { Registry } from "../registry/registry.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { explainItems } from "../selection/explain.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import { type FamiliarRows, familiarRows } from "../selection/familiar-rows.ts";
import { inOrder } from "../selection/order.ts";
import type { Readiness } from "../selection/readiness.ts";
import { isRetired } from "../selection/retirement.ts";
import { selectDefault, selectWith } from "../selection/select.ts";
import { type Snapshot, succeed, type TypeSnapshot } from "../selection/snapshot.ts";
import { succeedFull } from "../selection/succeed-full.ts";
import { ClosedError } from "../store/errors.ts";
import type { Rows } from "../store/rows.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { Closing } from "./closing.ts";
import { NoPluginAvailableError } from "./errors.ts";
import { Emitter, type EventName, type Events, type Listener } from "./events.ts";
import type { HealthCheckOptions } from "./health-check-options.ts";
import { HealthChecks } from "./health-checks.ts";
import { Instances } from "./instances.ts";
import { checkRunOptions, type RunOptions, type RunTask, runWithFailover } from "./run.ts";
import { Serving } from "./serving.ts";
import { failures } from "./staged.ts";

export interface DataPlaneOptions {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly prepareTimeoutMs: number;
  /** What secrets in configs are decrypted with. */
  readonly keys: KeyRing;
  /** The types whose plugins are made; the others' items stay idle. Default: all. */
  readonly prepares?: (type: TypeIdentity) => boolean;
  /** Default: none. */
  readonly healthChecks?: HealthCheckOptions | undefined;
}

/** What `getById` may be told. */
export interface GetByIdOptions {
  /** Whether a disabled item's implementation is given, too. Default false. */
  readonly includeDisabled?: boolean | undefined;
}

const getByIdNames: OptionNames<GetByIdOptions> = { includeDisabled: true };

/** How long `close` waits for `run`s to end before it disposes of their instances. */
const closeLimitMs = 5_000;

/**
 * The reading side: serves plugins from a snapshot in memory, whatever becomes of the database.
 */
export class DataPlane {
  readonly #options: DataPlaneOptions;
  readonly #instances: Instances;
  readonly #healthChecks: HealthChecks | undefined;
  readonly #emitter = new Emitter();
  readonly #runs = new Set<Promise<unknown>>();
  readonly #stopListening: () => void;
  readonly #serving = new Serving();
  /** Aborted when `run`s have had their time to end. */
  readonly #closing = new Closing();
  #registryChanged = false;
  #closed = false;

  constructor(options: DataPlaneOptions) {
    this.#options = options;
    this.#instances = new Instances({
      ...options,
      onReadiness: (item) => this.#readinessChanged(item),
      current: (id) => this.#serving.snapshot.item(id),
    });
    const { healthChecks, clock } = options;
    this.#healthChecks = healthChecks && new HealthChecks(this.#instances, clock, healthChecks);
    this.#stopListening = options.registry.onRegister(() => {
      this.#registryChanged = true;
    });
  }

  /**
   * The instance that serves a type now, or undefined when none can. Synchronous, from memory: it never
   * asks the database. Further arguments are those of the type's selector.
   *
   * A token that is not the registered one, but has its identity, stands for it; the selector is the registration's.
   *
   * @throws InvalidTokenError, UnknownTypeError, SelectorMismatchError, SelectorError, ClosedError
   * @example
   * plugbay.get(otp)?.sendOtp("+1 555 0100", "123456");
   */
  get<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): T | undefined {
    const instance = this.#serving.instance(type) ?? this.#resolve(type, args);
    return instance as T | undefined;
  }

  /**
   * As `get`, for callers that cannot do without.
   *
   * @throws NoPluginAvailableError with the reason of every item; and as `get`
   */
  require<T extends object, Args extends readonly unknown[]>(type: PluginType<T, Args>, ...args: Args): T {
    const instance = this.get(type, ...args);
    if (instance === undefined) throw new NoPluginAvailableError(type, this.explain(type, ...args));
    return instance;
  }

  /**
   * The class of the selected plugin, not instantiated; undefined when there is none, or when it has
   * `create` instead of a class.
   *
   * @throws as `get`
   */
  getClass<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): (PublicClass<T> & (new (...args: never[]) => T)) | undefined {
    const registered = this.#selecting(type);
    const item = this.#select(registered, args);
    const plugin = item && this.#options.registry.plugin(registered, item.module, item.name);
    if (plugin?.construction.kind !== "class") return undefined;
    return plugin.construction.class as unknown as PublicClass<T> & (new (...args: never[]) => T);
  }

  /**
   * The item that serves a type now, or undefined when none can. Further arguments are those of the
   * type's selector.
   *
   * @throws as `get`
   */
  selected<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): PluginItem | undefined {
    return this.#select(this.#selecting(type), args);
  }

  /** Every ready active implementation, in order. @throws InvalidTokenError, UnknownTypeError, ClosedError */
  getAll<T extends object>(type: PluginType<T, never>): T[] {
    const { active } = this.#serving.candidates(this.#registered(type));
    return active
      .map((item) => this.#instances.get(item))
      .filter((instance) => instance !== undefined) as T[];
  }

  /**
   * One item's implementation, as for a user's favourites. undefined when the type has no such item, or
   * it is retired, disabled (unless `includeDisabled`) or not ready. A disabled item with an asynchronous
   * `create` that this process has not used yet is started by the first call and there for a later one.
   *
   * @throws as `getAll`
   */
  getById<T extends object>(
    type: PluginType<T, never>,
    itemId: string,
    options: GetByIdOptions = {},
  ): T | undefined {
    checkKnown("getById", options, getByIdNames);
    const { includeDisabled = false } = options;
    const { manager, name } = this.#registered(type);
    const item = this.#serving.snapshot.item(itemId);
    if (item === undefined || this.#isRetired(item)) return undefined;
    if (item.type.manager !== manager || item.type.name !== name) return undefined;
    if (item.status !== "disable") return this.#instances.get(item) as T | undefined;
    return includeDisabled ? (this.#instances.demand(item) as T | undefined) : undefined;
  }

  /**
   * The type's items in the order of selection: active, reserve, disabled. Retired ones are left out.
   *
   * @throws as `getAll`
   */
  items(type: AnyPluginType): PluginItem[] {
    const inUse = this.#items(this.#registered(type)).filter((item) => !this.#isRetired(item));
    return [...inOrder(inUse, () => false)];
  }

  /**
   * Every item of the type, retired ones included, with the reason why it is or is not selected.
   *
   * @throws as `get`
   */
  explain<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): ItemExplanation[] {
    const registered = this.#selecting(type);
    const selected = this.#select(registered, args);
    return this.#explain(registered, selected);
  }

  /** What this process found about an item. */
  readiness(item: PluginItem): Readiness {
    return this.#instances.readiness(item);
  }

  /**
   * Calls `task` with the selected implementation; when that fails, with the next one, in the order of
   * selection and the reserve last, until one succeeds. An item whose runs fail 5 times in a row is put
   * aside for 30 seconds. An instance that is in use by a run is not disposed of.
   *
   * @throws AllPluginsFailedError, NoPluginAvailableError; what `task` threw when `failover` refuses it;
   *   InvalidOptionError; and as `get`
   * @example
   * await plugbay.run(otp, (sender) => sender.sendOtp("+1 555 0100", "123456"), { timeoutMs: 5_000 });
   */
  run<T extends object, R>(
    type: PluginType<T, []>,
    task: RunTask<T, R>,
    options?: RunOptions<[]>,
  ): Promise<R>;
  run<T extends object, Args extends readonly unknown[], R>(
    type: PluginType<T, Args>,
    task: RunTask<T, R>,
    options: RunOptions<NoInfer<Args>> & { readonly args: NoInfer<Args> },
  ): Promise<R>;
  run<R>(type: AnyPluginType, task: RunTask<never, R>, options: RunOptions = {}): Promise<R> {
    const run = this.#run(type, task as RunTask<object, R>, options);
    this.#runs.add(run);
    const done = () => this.#runs.delete(run);
    run.then(done, done);
    return run;
  }

  /** The picture of all items that this process serves from. @internal */
  get snapshot(): Snapshot {
    return this.#serving.snapshot;
  }

  /**
   * Calls `listener` on every event of that name; returns the function that ends this one subscription. A listener
   * that subscribed twice is called twice, until both have ended.
   *
   * @throws InvalidOptionError for a name that is none of an event
   * @example
   * const stop = plugbay.on("readiness", ({ item, readiness }) => console.log(item.name, readiness.kind));
   */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    return this.#emitter.on(name, listener);
  }

  /** Whether definitions were registered since the last snapshot was taken over. */
  protected get registryChanged(): boolean {
    return this.#registryChanged;
  }

  /** How many items there are, retired ones included. */
  protected get itemCount(): number {
    return this.snapshot.items.size;
  }

  /** Has plugins checked from here on, where that is asked for. */
  protected startHealthChecks(): void {
    this.#healthChecks?.start();
  }

  /** The items that could not be made ready, or do not pass their health checks. */
  protected failures(): { item: PluginItem; error: Error }[] {
    return this.#instances.failures();
  }

  protected get closed(): boolean {
    return this.#closed;
  }

  protected emit<Name extends EventName>(name: Name, event: Events[Name]): void {
    this.#emitter.emit(name, event);
  }

  /** The rows under the names that this process knows. */
  protected familiar(rows: Rows, before = this.snapshot): FamiliarRows {
    return familiarRows(rows, this.#options.registry, before);
  }

  /**
   * Serves by rows under the names that this process knows: those changed since the snapshot, or with `whole` all that there are.
   * Resolves when their instances are made and in place.
   */
  protected async accept(rows: Rows, whole: boolean): Promise<void> {
    const everything = whole || this.#registryChanged;
    this.#registryChanged = false;
    const { snapshot, changedTypes, purgedTypes, changedItems, goneItems } = (whole ? succeedFull : succeed)(
      this.#serving.snapshot,
      rows,
    );
    const items = everything ? [...snapshot.types.values()].flatMap((type) => type.items) : changedItems;
    const { registry, prepares = () => true } = this.#options;
    const staged = await this.#instances.prepare(items.filter(({ type }) => prepares(type)));
    if (this.#closed) return this.#instances.discard(staged);

    this.#instances.commit(staged, items, goneItems);
    const types = everything
      ? registry.types()
      : // Under the names they had, too, in case that they are purged or renamed.
        this.#registeredTypes([
          ...present(snapshot, changedTypes),
          ...present(this.#serving.snapshot, [...changedTypes, ...purgedTypes]),
        ]);
    this.#serving.serve(snapshot, types, this.#instances);
    for (const { item, error } of failures(staged)) {
      warn(`${error.message}; it is passed over and tried again`, error);
      this.emit("readiness", { item, readiness: this.#instances.readiness(item) });
    }
    this.emit("change", {
      revision: snapshot.revision,
      types: types.map(({ manager, name }) => ({ manager, name })),
    });
  }

  /** Stops serving; instances are disposed of once no `run` uses them, at the latest after 5 seconds. */
  protected async stopServing(): Promise<void> {
    this.#closed = true;
    this.#serving.end();
    this.#stopListening();
    this.#healthChecks?.stop();
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#options.clock.schedule(closeLimitMs, resolve);
    });
    await Promise.race([Promise.allSettled(this.#runs), limit]);
    cancel();
    // Calls that go on are told before what they use is disposed of.
    this.#closing.begin();
    await this.#instances.close();
  }

  async #run<R>(type: AnyPluginType, task: RunTask<object, R>, options: RunOptions): Promise<R> {
    const registered = this.#selecting(type);
    checkRunOptions(options);
    const args = options.args ?? [];
    return runWithFailover(registered, task, options, {
      clock: this.#options.clock,
      closing: this.#closing,
      next: (tried) => this.#select(registered, args, tried),
      lease: (item) => this.#instances.lease(item),
      explain: () => this.#explain(registered, undefined),
    });
  }

  /** The longer way of `get`: another copy's token, a selector, a transient plugin, or nothing to serve. */
  #resolve(token: AnyPluginType, args: readonly unknown[]): object | undefined {
    const type = this.#selecting(token);
    const instance = this.#serving.instance(type);
    if (instance !== undefined) return instance;
    const tried = new Set<string>();
    for (;;) {
      const item = this.#select(type, args, tried);
      if (item === undefined) return undefined;
      const made = this.#instances.get(item);
      if (made !== undefined) return made;
      tried.add(item.id);
    }
  }

  #select(
    type: AnyPluginType,
    args: readonly unknown[],
    tried?: ReadonlySet<string>,
  ): PluginItem | undefined {
    const all = this.#serving.candidates(type);
    const left = (item: PluginItem): boolean => !tried?.has(item.id);
    const candidates =
      tried && tried.size > 0 ? { active: all.active.filter(left), reserve: all.reserve.filter(left) } : all;
    if (type.selector === undefined) return selectDefault(candidates);
    return selectWith(type.selector, type, candidates, args as never);
  }

  #explain(type: AnyPluginType, selected: PluginItem | undefined): ItemExplanation[] {
    const { registry } = this.#options;
    return explainItems(this.#items(type), registry, selected, (item) => this.#instances.readiness(item));
  }

  #isRetired(item: PluginItem): boolean {
    return isRetired(item, this.#options.registry);
  }

  #registered(token: AnyPluginType): AnyPluginType {
    if (this.#closed) throw new ClosedError();
    return registeredType(this.#options.registry, token);
  }

  /** As `#registered`, for a call with selector arguments, which must not be lost. */
  #selecting(token: AnyPluginType): AnyPluginType {
    if (this.#closed) throw new ClosedError();
    return selectingType(this.#options.registry, token);
  }

  #typeSnapshot(type: AnyPluginType): TypeSnapshot | undefined {
    return this.#serving.snapshot.byIdentity.get(type.manager, type.name);
  }

  #items(type: AnyPluginType): readonly PluginItem[] {
    return this.#typeSnapshot(type)?.items ?? [];
  }

  #registeredTypes(types: Iterable<TypeSnapshot>): AnyPluginType[] {
    const registered = new Set(Array.from(types, ({ row }) => this.#options.registry.type(row)));
    return [...registered].filter((type) => type !== undefined);
  }

  #readinessChanged(item: PluginItem): void {
    if (this.#closed) return;
    const type = this.#options.registry.type(item.type);
    if (type) this.#serving.serve(this.snapshot, [type], this.#instances);
    this.emit("readiness", { item, readiness: this.#instances.readiness(item) });
  }
}

const present = (snapshot: Snapshot, ids: Iterable<string>): TypeSnapshot[] =>
  [...ids].map((id) => snapshot.types.get(id)).filter((type) => type !== undefined);
