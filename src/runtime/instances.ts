import { checkInstance } from "../definition/contract.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { JsonValue, PluginItem } from "../definition/plugin-item.ts";
import { PluginFailedError } from "../errors.ts";
import type { Registry } from "../registry/registry.ts";
import type { Readiness } from "../selection/readiness.ts";
import { backoff } from "./backoff.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import type { Clock } from "./clock.ts";
import { LazyContext } from "./create-context.ts";
import { warn } from "./events.ts";
import { asFailure, construct, constructNow, dispose, isThenable, parseConfig } from "./make-instance.ts";

const isReady: Readiness = Object.freeze({ kind: "ready" });
const isIdle: Readiness = Object.freeze({ kind: "idle" });
const isMissing: Readiness = Object.freeze({ kind: "missing" });

/** What came of making an item's instance: the instance itself, or for a transient plugin what to make it from. */
interface Made {
  readonly plugin: Plugin;
  item: PluginItem;
  /** As the plugin's schema read it. */
  readonly config: unknown;
  /** undefined for a transient plugin. */
  readonly instance: object | undefined;
}

interface ReadySlot extends Made {
  readonly kind: "ready";
  /** How many `run`s use the instance now. */
  users: number;
  breaker: CircuitBreaker | undefined;
}

interface FailedSlot {
  readonly kind: "failed";
  readonly plugin: Plugin;
  item: PluginItem;
  readonly error: Error;
  readonly attempts: number;
  retryAt: number;
  cancelRetry: () => void;
}

type Slot = ReadySlot | FailedSlot;

/** Instances made for a coming snapshot, by item id; they take effect when they are committed. */
export type Staged = ReadonlyMap<string, Slot>;

/** An instance in use by a `run`. */
export interface Lease {
  readonly instance: object;
  release(): void;
}

export interface InstancesOptions {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly prepareTimeoutMs: number;
  /** Called when an item's readiness changed by itself. */
  readonly onReadiness: (item: PluginItem) => void;
}

/** The instances of this process, by item, and what became of making them. */
export class Instances {
  readonly #options: InstancesOptions;
  readonly #slots = new Map<string, Slot>();
  /** Replaced or retired, and in use: disposed of when the last user is done. */
  readonly #leaving = new Set<ReadySlot>();
  /** The ids of items that are being made for `demand`. */
  readonly #demanded = new Set<string>();
  readonly #closing = new AbortController();
  readonly #disposals = new Set<Promise<void>>();

  constructor(options: InstancesOptions) {
    this.#options = options;
  }

  readiness(item: PluginItem): Readiness {
    const slot = this.#slots.get(item.id);
    if (slot?.kind === "failed") return { kind: "failed", error: slot.error, retryAt: slot.retryAt };
    if (slot?.kind === "ready") {
      const until = slot.breaker?.openUntil;
      return until === undefined ? isReady : { kind: "cooling", until };
    }
    return this.#plugin(item) ? isIdle : isMissing;
  }

  /** Makes what the items need and do not have: nothing for disabled and retired ones. Never throws. */
  async prepare(items: Iterable<PluginItem>): Promise<Staged> {
    const staged = new Map<string, Slot>();
    const pending: Promise<void>[] = [];
    for (const item of items) {
      const plugin = isWanted(item) ? this.#plugin(item) : undefined;
      if (plugin === undefined || isSame(this.#slots.get(item.id), plugin, item)) continue;
      const slot = this.#attempt(plugin, item, 1);
      if (slot instanceof Promise) pending.push(slot.then((done) => void staged.set(item.id, done)));
      else staged.set(item.id, slot);
    }
    await Promise.all(pending);
    return staged;
  }

  /** Puts staged instances in place and drops those that no longer fit, or whose items are retired or gone. */
  commit(staged: Staged, changed: Iterable<PluginItem>, purged: Iterable<string>): void {
    for (const [id, slot] of staged) this.#put(id, slot);
    for (const item of changed) {
      const slot = this.#slots.get(item.id);
      if (slot === undefined) continue;
      const isUnwanted = item.retiredAt !== null || (slot.kind === "failed" && item.status === "disable");
      if (isUnwanted || !isSameConfig(slot.item.config, item.config)) this.#drop(item.id);
      else slot.item = item;
    }
    for (const id of purged) this.#drop(id);
  }

  /** The item's instance; a new one for a transient plugin. undefined when it is not ready. */
  get(item: PluginItem): object | undefined {
    const slot = this.#slots.get(item.id);
    if (slot?.kind !== "ready") return undefined;
    return slot.instance ?? this.#constructTransient(slot);
  }

  /** The item's instance where there is one that is kept; undefined for transient plugins. */
  kept(item: PluginItem): object | undefined {
    const slot = this.#slots.get(item.id);
    return slot?.kind === "ready" ? slot.instance : undefined;
  }

  /**
   * The instance of an item that may be disabled, made now where that can be done at once. One with an
   * asynchronous `create` is started, and there for a later call.
   */
  demand(item: PluginItem): object | undefined {
    const plugin = this.#plugin(item);
    if (plugin === undefined || this.#demanded.has(item.id) || isSame(this.#slots.get(item.id), plugin, item))
      return this.get(item);
    const slot = this.#attempt(plugin, item, 1);
    if (slot instanceof Promise) {
      this.#demanded.add(item.id);
      void slot.then((done) => this.#keepDemanded(item, done));
    } else this.#keepDemanded(item, slot);
    return this.get(item);
  }

  /** Takes the instance into use; it is not disposed of before `release`. */
  lease(item: PluginItem): Lease | undefined {
    const slot = this.#slots.get(item.id);
    const instance = this.get(item);
    if (slot?.kind !== "ready" || instance === undefined) return undefined;
    if (slot.instance === undefined) {
      return { instance, release: () => this.#dispose(slot.plugin, instance) };
    }
    slot.users += 1;
    return {
      instance,
      release: () => {
        slot.users -= 1;
        if (slot.users === 0 && this.#leaving.delete(slot)) this.#dispose(slot.plugin, instance);
      },
    };
  }

  /** Notes how a `run` with the item went; failures in a row put it aside for a while. */
  report(item: PluginItem, succeeded: boolean): void {
    const slot = this.#slots.get(item.id);
    if (slot?.kind !== "ready") return;
    if (slot.breaker === undefined) {
      if (succeeded) return;
      slot.breaker = new CircuitBreaker(this.#options.clock, () => this.#options.onReadiness(item));
    }
    slot.breaker.record(succeeded);
  }

  /** The items that could not be made ready. */
  failures(): { item: PluginItem; error: Error }[] {
    return failures(this.#slots);
  }

  /** Disposes of everything, in use or not, and resolves when that is done. */
  async close(): Promise<void> {
    this.#closing.abort(new Error("plugbay is closing"));
    for (const id of [...this.#slots.keys()]) this.#drop(id);
    for (const slot of this.#leaving) this.#dispose(slot.plugin, slot.instance);
    this.#leaving.clear();
    await Promise.all(this.#disposals);
  }

  /** Disposes of instances that were staged and are not to be used. */
  discard(staged: Staged): void {
    for (const slot of staged.values()) this.#end(slot);
  }

  #plugin(item: PluginItem): Plugin | undefined {
    return this.#options.registry.plugin(item.type, item.module, item.name);
  }

  #attempt(plugin: Plugin, item: PluginItem, attempts: number): Slot | Promise<Slot> {
    const failed = (error: unknown): Slot => ({
      kind: "failed",
      plugin,
      item,
      error: asFailure(plugin, item, error),
      attempts,
      retryAt: 0,
      cancelRetry: () => undefined,
    });
    try {
      const made = this.#make(plugin, item);
      return made instanceof Promise ? made.then(ready, failed) : ready(made);
    } catch (error) {
      return failed(error);
    }
  }

  #make(plugin: Plugin, item: PluginItem): Made | Promise<Made> {
    const context = new LazyContext(item, this.#closing.signal);
    const accept = (instance: unknown): Made => {
      this.#check(plugin, instance);
      return { plugin, item, config: context.config, instance };
    };
    const start = (config: unknown): Made | Promise<Made> => {
      context.config = config;
      if (plugin.lifetime === "transient") return { plugin, item, config, instance: undefined };
      const product = construct(plugin, context);
      return isThenable(product) ? Promise.resolve(product).then(accept) : accept(product);
    };
    const config = parseConfig(plugin, item);
    const made = isThenable(config) ? Promise.resolve(config).then(start) : start(config);
    return made instanceof Promise ? this.#withinLimit(made, plugin, item, context) : made;
  }

  /** By the registered type: the plugin may have been declared for another copy's token of it. */
  #check(plugin: Plugin, instance: unknown): asserts instance is object {
    checkInstance(this.#options.registry.type(plugin.type) ?? plugin.type, plugin, instance);
  }

  /** An instance that arrives after the limit is disposed of. */
  #withinLimit(made: Promise<Made>, plugin: Plugin, item: PluginItem, context: LazyContext): Promise<Made> {
    const { clock, prepareTimeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      let expired = false;
      // Somebody waits for this: a process must not end before it is told.
      const expire = (): void => {
        expired = true;
        const error = new PluginFailedError(plugin.type, item, `was not ready within ${prepareTimeoutMs} ms`);
        context.abort(error);
        reject(error);
      };
      const cancel = clock.schedule(prepareTimeoutMs, expire, true);
      made.then(
        (late) => {
          cancel();
          if (expired) this.#dispose(plugin, late.instance);
          else resolve(late);
        },
        (error) => {
          cancel();
          reject(error);
        },
      );
    });
  }

  #constructTransient(slot: ReadySlot): object | undefined {
    try {
      const context = new LazyContext(slot.item, this.#closing.signal, slot.config);
      const instance = constructNow(slot.plugin, context);
      this.#check(slot.plugin, instance);
      return instance;
    } catch (error) {
      const failed: FailedSlot = {
        kind: "failed",
        plugin: slot.plugin,
        item: slot.item,
        error: asFailure(slot.plugin, slot.item, error),
        attempts: 1,
        retryAt: 0,
        cancelRetry: () => undefined,
      };
      this.#put(slot.item.id, failed);
      this.#options.onReadiness(slot.item);
      return undefined;
    }
  }

  #keepDemanded(item: PluginItem, slot: Slot): void {
    this.#demanded.delete(item.id);
    if (slot.kind === "failed") warn(slot.error.message, slot.error);
    else if (this.#closing.signal.aborted || isSame(this.#slots.get(item.id), slot.plugin, item))
      this.#end(slot);
    else this.#put(item.id, slot);
  }

  #put(id: string, slot: Slot): void {
    this.#drop(id);
    this.#slots.set(id, slot);
    if (slot.kind === "failed") this.#scheduleRetry(slot);
  }

  #scheduleRetry(slot: FailedSlot): void {
    const { clock } = this.#options;
    const delay = backoff(slot.attempts);
    slot.retryAt = clock.now() + delay;
    slot.cancelRetry = clock.schedule(delay, () => void this.#retry(slot));
  }

  async #retry(slot: FailedSlot): Promise<void> {
    const next = await this.#attempt(slot.plugin, slot.item, slot.attempts + 1);
    const { item } = slot;
    if (this.#slots.get(item.id) !== slot) this.#end(next);
    else {
      if (next.kind === "failed") next.item = item;
      this.#put(item.id, next);
      this.#options.onReadiness(item);
    }
  }

  #drop(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#end(slot);
  }

  #end(slot: Slot): void {
    if (slot.kind === "failed") {
      slot.cancelRetry();
      return;
    }
    slot.breaker?.close();
    if (slot.users === 0) this.#dispose(slot.plugin, slot.instance);
    else this.#leaving.add(slot);
  }

  #dispose(plugin: Plugin, instance: object | undefined): void {
    const disposal = dispose(plugin, instance);
    this.#disposals.add(disposal);
    void disposal.then(() => this.#disposals.delete(disposal));
  }
}

/** The items of staged instances that could not be made. */
export function failures(staged: Staged): { item: PluginItem; error: Error }[] {
  return [...staged.values()].filter((slot) => slot.kind === "failed");
}

const ready = (made: Made): Slot => ({
  kind: "ready",
  ...made,
  users: 0,
  breaker: undefined,
});

const isWanted = (item: PluginItem): boolean => item.retiredAt === null && item.status !== "disable";

/** Whether a slot still fits: the same plugin with the same config. Status and priority do not matter. */
function isSame(slot: Slot | undefined, plugin: Plugin, item: PluginItem): boolean {
  return slot !== undefined && slot.plugin === plugin && isSameConfig(slot.item.config, item.config);
}

const isSameConfig = (one: JsonValue, other: JsonValue): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
