import type { ItemResult } from "../calling/item-result.ts";
import type { StreamTask } from "../calling/open-stream.ts";
import type { ReportedOutcome } from "../calling/reported-outcome.ts";
import type { RunTask } from "../calling/run-context.ts";
import type { RunOptions } from "../calling/run-options.ts";
import type { Service } from "../calling/service.ts";
import type { FailoverStream } from "../calling/stream.ts";
import type { Watchers } from "../calling/watchers.ts";
import type { Control } from "../control/control.ts";
import { followChange } from "../control/writing/follow-change.ts";
import type { PublicClass } from "../definition/class-shape.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType, PluginType } from "../definition/plugin-type.ts";
import type { State } from "../following/state.ts";
import type { Lease } from "../instances/lease.ts";
import type { GetByIdOptions, Plugbay } from "../plugbay.ts";
import type { Registry } from "../registry/registry.ts";
import type { AttentionEntry } from "../seeing/attention/attention-entry.ts";
import { type CircuitState, circuitState } from "../seeing/circuit-state.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import type { Readiness } from "../selection/readiness.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import { NoPluginAvailableError } from "../serving/errors.ts";
import type { EventName, Listener } from "../serving/events.ts";
import type { Offers } from "../serving/offers.ts";
import type { SyncCounts, SyncOptions, SyncPlan } from "../sync/sync-plan.ts";
import { within } from "../time/deadline.ts";
import type { Parts } from "./parts.ts";

/** Leads from a plugbay to its parts, also where another copy of this package made it. */
const parts = Symbol.for("plugbay.parts");

const syncNames: OptionNames<SyncOptions> = { mode: true, prune: true };
const getByIdNames: OptionNames<GetByIdOptions> = { includeDisabled: true };

/** The documented calls over the parts that do the work. */
export class Facade implements Plugbay {
  readonly control: Control;
  readonly registry: Registry;
  readonly namespace: string;
  readonly #parts: Parts;
  readonly #offers: Offers;

  constructor(made: Parts) {
    const { registry, store } = made.options;
    this.#parts = made;
    this.#offers = made.serving.offers;
    this.control = made.control;
    this.registry = registry;
    this.namespace = store.namespace;
  }

  get [parts](): Parts {
    return this.#parts;
  }

  get processId(): string | undefined {
    return this.#parts.following.processId;
  }

  get state(): State {
    return this.#parts.following.state;
  }

  get<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): T | undefined {
    // Handed on as they came, the arguments are no list yet: the usual call makes none.
    return (this.#offers.selected(type) ?? this.#search(type, ...args)) as T | undefined;
  }

  #search(type: AnyPluginType, ...args: readonly unknown[]): object | undefined {
    return this.#parts.reads.get(type, args);
  }

  require<T extends object, Args extends readonly unknown[]>(type: PluginType<T, Args>, ...args: Args): T {
    const instance = this.get(type, ...args);
    if (instance === undefined) throw new NoPluginAvailableError(type, this.explain(type, ...args));
    return instance;
  }

  lease<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): Lease<T> | undefined {
    return this.#parts.reads.lease(type, args) as Lease<T> | undefined;
  }

  getClass<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): (PublicClass<T> & (new (...args: never[]) => T)) | undefined {
    const found: unknown = this.#parts.reads.getClass(type, args);
    return found as (PublicClass<T> & (new (...args: never[]) => T)) | undefined;
  }

  selected<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): PluginItem | undefined {
    return this.#parts.reads.selected(type, args);
  }

  getAll<T extends object>(type: PluginType<T, never>): readonly T[] {
    return this.#parts.reads.getAll(type) as readonly T[];
  }

  getById<T extends object>(
    type: PluginType<T, never>,
    itemId: string,
    options?: GetByIdOptions,
  ): T | undefined {
    if (options) checkKnown("getById", options, getByIdNames);
    return this.#parts.reads.getById(type, itemId, options?.includeDisabled ?? false) as T | undefined;
  }

  items(type: AnyPluginType): readonly PluginItem[] {
    return this.#parts.reads.items(type);
  }

  itemsOf(plugin: Plugin): readonly PluginItem[] {
    return this.#parts.reads.itemsOf(plugin);
  }

  explain<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    ...args: Args
  ): ItemExplanation[] {
    return this.#parts.reads.explain(type, args);
  }

  readiness(item: PluginItem): Readiness {
    return this.#parts.view.readiness(item);
  }

  run<R>(type: AnyPluginType, task: RunTask<never, R>, options?: RunOptions): Promise<R> {
    return this.#parts.calls.run(type, task as RunTask<object, R>, options);
  }

  service<T extends object>(type: AnyPluginType, options?: RunOptions): Service<T> {
    return this.#parts.calls.service(type, options) as Service<T>;
  }

  stream<P>(type: AnyPluginType, task: StreamTask<never, P>, options?: RunOptions): FailoverStream<P> {
    return this.#parts.calls.stream(type, task as StreamTask<object, P>, options);
  }

  runAll<R>(type: AnyPluginType, task: RunTask<never, R>, options?: RunOptions): Promise<ItemResult<R>[]> {
    return this.#parts.calls.runAll(type, task as RunTask<object, R>, options);
  }

  report(receipt: string, outcome: ReportedOutcome): void {
    this.#parts.calls.report(receipt, outcome);
  }

  async attention(): Promise<AttentionEntry[]> {
    return (await this.#parts.attention()).entries();
  }

  async planSync(options: SyncOptions = {}): Promise<SyncPlan> {
    checkKnown("sync", options, syncNames);
    this.#parts.options.store.checkLast();
    return this.#parts.following.sync.plan(options);
  }

  async sync(options: SyncOptions = {}): Promise<SyncCounts> {
    const { following } = this.#parts;
    const plan = await following.sync.apply(await this.planSync(options));
    await followChange(this, () => following.refresh());
    return plan.counts;
  }

  refresh(): Promise<void> {
    return this.#parts.following.refresh();
  }

  refreshIfOlderThan(ms: number): Promise<void> {
    return this.#parts.following.refreshIfOlderThan(ms);
  }

  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    return this.#parts.emitter.on(name, listener);
  }

  close(): Promise<void> {
    return this.#parts.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** What a plugbay is made of, for what is built on it: the admin API and the command line. */
const partsOf = (plugbay: Plugbay): Parts => (plugbay as Facade)[parts];

/** The picture of all items that a plugbay serves from. */
export const snapshotOf = (plugbay: Plugbay): Snapshot => partsOf(plugbay).serving.snapshot;

/** What watches the calls of a plugbay. */
export const watchersOf = (plugbay: Plugbay): Watchers => partsOf(plugbay).calls.watchers;

/** How the circuit of an item is in this process. */
export const circuitOf = (plugbay: Plugbay, item: PluginItem): CircuitState =>
  circuitState(partsOf(plugbay).serving.instances.slotOf(item.id));

/** How many revisions the database is ahead of what is served, where it answers within a second. */
export function revisionLag(plugbay: Plugbay): Promise<number | undefined> {
  const { serving, options } = partsOf(plugbay);
  const { snapshot } = serving;
  const lag = async (): Promise<number> => {
    const { revision } = await options.store.readHead(snapshot);
    return Math.max(0, revision - snapshot.revision);
  };
  const { clock } = options;
  return within(lag(), { clock, ms: lagLimitMs, late: "asking for the revision", keepAlive: false }).catch(
    () => undefined,
  );
}

const lagLimitMs = 1_000;
