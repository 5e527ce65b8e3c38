import type { InterfaceClass } from "../definition/class-shape.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType, PluginType } from "../definition/plugin-type.ts";
import { ClosedError, NoPluginAvailableError, UnknownTypeError } from "../errors.ts";
import type { Registry } from "../registry/registry.ts";
import { explainItems } from "../selection/explain.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import type { Readiness } from "../selection/readiness.ts";
import { selectDefault, selectWith } from "../selection/select.ts";
import { emptySnapshot, type Snapshot, succeed, type TypeSnapshot } from "../selection/snapshot.ts";
import type { Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import { coalesce } from "./coalesce.ts";
import { Emitter, type EventName, type Listener, warn } from "./events.ts";
import { failures, Instances } from "./instances.ts";
import { type AnyRunOptions, type RunOptions, type RunTask, runWithFailover } from "./run.ts";
import { nothingServed, type Serving, serve } from "./serving.ts";
import type { State } from "./state.ts";

export interface DataPlaneOptions {
  readonly registry: Registry;
  readonly store: Store;
  readonly clock: Clock;
  readonly prepareTimeoutMs: number;
  /** The types whose plugins are made; the others' items stay idle. Default: all. */
  readonly prepares?: (type: TypeIdentity) => boolean;
}

/** How long `close` waits for `run`s to end before it disposes of their instances. */
const closeLimitMs = 5_000;

/**
 * The reading side: serves plugins from a snapshot in memory, whatever becomes of the database.
 */
export class DataPlane {
  readonly #registry: Registry;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #instances: Instances;
  readonly #prepares: (type: TypeIdentity) => boolean;
  readonly #emitter = new Emitter();
  readonly #runs = new Set<Promise<unknown>>();
  readonly #reload = coalesce(() => this.#readChanges());
  readonly #stopListening: () => void;
  #serving: Serving = nothingServed;
  #confirmedAt = 0;
  #lost: { readonly since: Date; readonly cause: unknown } | undefined;
  #registryChanged = false;
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor({ registry, store, clock, prepareTimeoutMs, prepares = () => true }: DataPlaneOptions) {
    this.#prepares = prepares;
    this.#registry = registry;
    this.#store = store;
    this.#clock = clock;
    this.#instances = new Instances({
      registry,
      clock,
      prepareTimeoutMs,
      onReadiness: (item) => this.#readinessChanged(item),
    });
    this.#stopListening = registry.onRegister(() => {
      this.#registryChanged = true;
    });
  }

  /**
   * The instance that serves a type now, or undefined when none can. Synchronous, from memory: it never
   * asks the database. Further arguments are those of the type's selector.
   *
   * @throws UnknownTypeError, SelectorError, ClosedError
   * @example
   * plugbay.get(otp)?.sendOtp("+1 555 0100", "123456");
   */
  get<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): T | undefined {
    const instance = this.#serving.instances.get(type) ?? this.#resolve(type, args);
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
   */
  getClass<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): (InterfaceClass<T> & (new (...args: never[]) => T)) | undefined {
    const registered = this.#registered(type);
    const item = this.#select(registered, args);
    const plugin = item && this.#registry.plugin(registered, item.module, item.name);
    if (plugin?.construction.kind !== "class") return undefined;
    return plugin.construction.class as unknown as InterfaceClass<T> & (new (...args: never[]) => T);
  }

  /** Every ready active implementation, in order. */
  getAll<T extends object>(type: PluginType<T, never>): T[] {
    const { active } = this.#candidates(this.#registered(type));
    return active
      .map((item) => this.#instances.get(item))
      .filter((instance) => instance !== undefined) as T[];
  }

  /**
   * One item's implementation, as for a user's favourites. undefined when the type has no such item, or
   * it is retired, disabled (unless `includeDisabled`) or not ready. A disabled item with an asynchronous
   * `create` that this process has not used yet is started by the first call and there for a later one.
   */
  getById<T extends object>(
    type: PluginType<T, never>,
    itemId: string,
    { includeDisabled = false }: { readonly includeDisabled?: boolean } = {},
  ): T | undefined {
    const item = this.#itemsById(this.#registered(type)).get(itemId);
    if (item === undefined || item.retiredAt !== null) return undefined;
    if (item.status !== "disable") return this.#instances.get(item) as T | undefined;
    return includeDisabled ? (this.#instances.demand(item) as T | undefined) : undefined;
  }

  /** The type's items in the order of selection: active, reserve, disabled. Retired ones are left out. */
  items(type: PluginType<object, never>): PluginItem[] {
    return this.#items(this.#registered(type)).filter((item) => item.retiredAt === null);
  }

  /** Every item of the type, retired ones included, with the reason why it is or is not selected. */
  explain<Args extends readonly unknown[]>(type: PluginType<object, Args>, ...args: Args): ItemExplanation[] {
    const registered = this.#registered(type);
    const selected = this.#select(registered, args);
    return explainItems(this.#items(registered), selected, (item) => this.#instances.readiness(item));
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
   * @throws AllPluginsFailedError, NoPluginAvailableError; what `task` threw when `failover` refuses it
   * @example
   * await plugbay.run(otp, (sender) => sender.sendOtp("+1 555 0100", "123456"), { timeoutMs: 5_000 });
   */
  run<T extends object, Args extends readonly unknown[], R>(
    type: PluginType<T, Args>,
    task: RunTask<T, R>,
    ...[options]: Args extends readonly [] ? [options?: RunOptions<Args>] : [options: RunOptions<Args>]
  ): Promise<R> {
    const run = this.#run(type, task as RunTask<object, R>, (options ?? {}) as AnyRunOptions);
    this.#runs.add(run);
    const done = () => this.#runs.delete(run);
    run.then(done, done);
    return run;
  }

  /** How this process stands with the database, and how old its snapshot is. */
  get state(): State {
    if (this.#closed) return { kind: "closed" };
    const served = {
      revision: this.#serving.snapshot.revision,
      ageMs: this.#clock.now() - this.#confirmedAt,
    };
    return this.#lost ? { kind: "stale", ...this.#lost, ...served } : { kind: "live", ...served };
  }

  /** The picture of all items that this process serves from. */
  get snapshot(): Snapshot {
    return this.#serving.snapshot;
  }

  /** Calls `listener` on every event of that name; returns the function that ends that. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    return this.#emitter.on(name, listener);
  }

  /**
   * Takes over what changed in the database, and resolves when it serves. Calls made at once share the
   * work.
   */
  async refresh(): Promise<void> {
    if (this.#closed) throw new ClosedError();
    await this.#reload();
  }

  /** Ends everything: instances are disposed of once no `run` uses them, at the latest after 5 seconds. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Takes over rows that were read; for the first snapshot, and for those of `refresh`. */
  protected async accept(rows: Rows): Promise<void> {
    const before = rows.revision < this.#serving.snapshot.revision ? emptySnapshot : this.#serving.snapshot;
    const everything = this.#registryChanged || before === emptySnapshot;
    this.#registryChanged = false;
    const { snapshot, changedTypes, purgedTypes } = succeed(before, rows);
    const touched = everything ? [...snapshot.types.values()] : present(snapshot, changedTypes);
    const wanted = touched.filter((type) => this.#prepares(type.row));
    const staged = await this.#instances.prepare(wanted.flatMap((type) => type.items));
    if (this.#closed) return this.#instances.discard(staged);

    const gone = before === emptySnapshot ? itemsGone(this.#serving.snapshot, snapshot) : rows.purged;
    this.#instances.commit(
      staged,
      touched.flatMap((type) => type.items),
      gone,
    );
    const types = everything
      ? this.#registry.types()
      : this.#registeredTypes([
          ...touched,
          // Under the names they had, in case that they are purged or renamed.
          ...present(this.#serving.snapshot, [...changedTypes, ...purgedTypes]),
        ]);
    this.#serving = serve(this.#serving, snapshot, types, this.#instances);
    this.#confirmed();
    for (const { item, error } of failures(staged)) {
      warn(`${error.message}; it is passed over and tried again`, error);
      this.#emitter.emit("readiness", { item, readiness: this.#instances.readiness(item) });
    }
    this.#emitter.emit("change", {
      revision: snapshot.revision,
      types: types.map(({ manager, name }) => ({ manager, name })),
    });
  }

  async #readChanges(): Promise<void> {
    const { revision } = this.#serving.snapshot;
    let rows: Rows | undefined;
    try {
      const current = await this.#store.readRevision();
      if (current < revision) rows = await this.#store.readAll();
      else if (current > revision || this.#registryChanged) rows = await this.#store.readSince(revision);
    } catch (error) {
      this.#loseDatabase(error);
      throw error;
    }
    if (rows) await this.accept(rows);
    else this.#confirmed();
  }

  async #close(): Promise<void> {
    this.#closed = true;
    this.#serving = nothingServed;
    this.#stopListening();
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#clock.schedule(closeLimitMs, resolve);
    });
    await Promise.race([Promise.allSettled(this.#runs), limit]);
    cancel();
    await this.#instances.close();
    await this.#store.close();
  }

  async #run<R>(type: TypeIdentity, task: RunTask<object, R>, options: AnyRunOptions): Promise<R> {
    const registered = this.#registered(type);
    const args = options.args ?? [];
    return runWithFailover(registered, task, options, {
      clock: this.#clock,
      next: (tried) => this.#select(registered, args, tried),
      lease: (item) => this.#instances.lease(item),
      report: (item, succeeded) => this.#instances.report(item, succeeded),
      explain: () =>
        explainItems(this.#items(registered), undefined, (item) => this.#instances.readiness(item)),
    });
  }

  /** The longer way of `get`: another copy's token, a selector, a transient plugin, or nothing to serve. */
  #resolve(token: AnyPluginType, args: readonly unknown[]): object | undefined {
    const type = this.#registered(token);
    const instance = this.#serving.instances.get(type);
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
    const all = this.#candidates(type);
    const left = (item: PluginItem): boolean => !tried?.has(item.id);
    const candidates =
      tried && tried.size > 0 ? { active: all.active.filter(left), reserve: all.reserve.filter(left) } : all;
    if (type.selector === undefined) return selectDefault(candidates);
    return selectWith(type.selector, type, candidates, args as never);
  }

  #registered(token: TypeIdentity): AnyPluginType {
    if (this.#closed) throw new ClosedError();
    const type = this.#registry.type(token);
    if (type === undefined) throw new UnknownTypeError(token);
    return type;
  }

  #candidates(type: AnyPluginType): Candidates {
    return this.#serving.candidates.get(type) ?? { active: [], reserve: [] };
  }

  #typeSnapshot(type: AnyPluginType): TypeSnapshot | undefined {
    return this.#serving.snapshot.byIdentity.get(type.manager, type.name);
  }

  #items(type: AnyPluginType): readonly PluginItem[] {
    return this.#typeSnapshot(type)?.items ?? [];
  }

  #itemsById(type: AnyPluginType): ReadonlyMap<string, PluginItem> {
    const snapshot = this.#typeSnapshot(type);
    if (snapshot === undefined) return new Map();
    const index = indexes.get(snapshot) ?? new Map(snapshot.items.map((item) => [item.id, item]));
    indexes.set(snapshot, index);
    return index;
  }

  #registeredTypes(types: Iterable<TypeSnapshot>): AnyPluginType[] {
    const registered = new Set(Array.from(types, ({ row }) => this.#registry.type(row)));
    return [...registered].filter((type) => type !== undefined);
  }

  #readinessChanged(item: PluginItem): void {
    if (this.#closed) return;
    const type = this.#registry.type(item.type);
    if (type) this.#serving = serve(this.#serving, this.#serving.snapshot, [type], this.#instances);
    this.#emitter.emit("readiness", { item, readiness: this.#instances.readiness(item) });
  }

  #confirmed(): void {
    this.#confirmedAt = this.#clock.now();
    if (this.#lost === undefined) return;
    this.#lost = undefined;
    this.#emitter.emit("live", { revision: this.#serving.snapshot.revision });
  }

  #loseDatabase(cause: unknown): void {
    if (this.#lost || this.#closed) return;
    this.#lost = { since: new Date(this.#clock.now()), cause };
    this.#emitter.emit("stale", this.#lost);
  }
}

/** Items by id, made for the types that are asked for by id, and kept as long as their snapshot. */
const indexes = new WeakMap<TypeSnapshot, ReadonlyMap<string, PluginItem>>();

/** The ids of items that a snapshot read anew no longer has. */
function itemsGone(before: Snapshot, after: Snapshot): string[] {
  const ids = (snapshot: Snapshot) =>
    [...snapshot.types.values()].flatMap((type) => type.items.map((item) => item.id));
  const left = new Set(ids(after));
  return ids(before).filter((id) => !left.has(id));
}

const present = (snapshot: Snapshot, ids: Iterable<string>): TypeSnapshot[] =>
  [...ids].map((id) => snapshot.types.get(id)).filter((type) => type !== undefined);
