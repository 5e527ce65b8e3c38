import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import type { Readiness } from "../selection/readiness.ts";
import { isRetired } from "../selection/retirement.ts";
import { warn } from "../warn.ts";
import { backoff } from "./backoff.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { InstanceMaker, type InstanceMakerOptions } from "./instance-maker.ts";
import type { Lease } from "./lease.ts";
import { asFailure } from "./make-instance.ts";
import {
  type Ailment,
  type FailedSlot,
  failedSlot,
  fits,
  isSameConfigured,
  type ReadySlot,
  type Slot,
} from "./slot.ts";
import { failures, type Staged } from "./staged.ts";

const isReady: Readiness = Object.freeze({ kind: "ready" });
const isIdle: Readiness = Object.freeze({ kind: "idle" });
const isMissing: Readiness = Object.freeze({ kind: "missing" });

export interface InstancesOptions extends InstanceMakerOptions {
  /** Called when an item's readiness changed by itself. */
  readonly onReadiness: (item: PluginItem) => void;
  /** The item as it is served now; undefined where it is gone. */
  readonly current: (id: string) => PluginItem | undefined;
}

/** The instances of this process, by item, and what became of making them. */
export class Instances {
  readonly #options: InstancesOptions;
  readonly #maker: InstanceMaker;
  readonly #slots = new Map<string, Slot>();
  /** Replaced or retired, and in use: disposed of when the last user is done. */
  readonly #leaving = new Set<ReadySlot>();
  /** The ids of items that are being made for `demand`, or could not be made a moment ago. */
  readonly #demanded = new Set<string>();

  constructor(options: InstancesOptions) {
    this.#options = options;
    this.#maker = new InstanceMaker(options);
  }

  readiness(item: PluginItem): Readiness {
    const slot = this.#slots.get(item.id);
    if (slot?.kind === "failed") return { kind: "failed", error: slot.error, retryAt: slot.retryAt };
    if (slot?.kind === "ready") {
      if (slot.ailment) return { kind: "failed", ...slot.ailment };
      const until = slot.breaker?.openUntil;
      return until === undefined ? isReady : { kind: "cooling", until };
    }
    return this.#plugin(item) ? isIdle : isMissing;
  }

  /** Whether an item shall serve when it can: it is neither disabled nor retired. */
  isWanted(item: PluginItem): boolean {
    return item.status !== "disable" && !this.#isRetired(item);
  }

  /** Makes what the items need and do not have: nothing for disabled and retired ones. Never throws. */
  async prepare(items: Iterable<PluginItem>): Promise<Staged> {
    const staged = new Map<string, Slot>();
    const pending: Promise<void>[] = [];
    for (const item of items) {
      const plugin = this.isWanted(item) ? this.#plugin(item) : undefined;
      if (plugin === undefined || fits(this.#slots.get(item.id), plugin, item)) continue;
      const slot = this.#maker.attempt(plugin, item, 1);
      if (isThenable(slot)) pending.push(slot.then((done) => void staged.set(item.id, done)));
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
      const isUnwanted =
        this.#isRetired(item) ||
        (slot.kind === "failed" && item.status === "disable") ||
        // Its row has the name of another plugin now, or of none.
        this.#plugin(item) !== slot.plugin;
      if (isUnwanted || !isSameConfigured(slot.item, item)) this.#drop(item.id);
      else {
        slot.item = item;
        if (slot.kind === "ready" && !this.isWanted(item)) slot.ailment = undefined;
      }
    }
    for (const id of purged) this.#drop(id);
  }

  /** Disposes of instances that were staged and are not to be used. */
  discard(staged: Staged): void {
    for (const slot of staged.values()) this.#end(slot);
  }

  /** The item's instance; a new one for a transient plugin. undefined when there is none. */
  get(item: PluginItem): object | undefined {
    const slot = this.#serving(item);
    return slot && (slot.instance ?? this.#makeTransient(slot));
  }

  /** The item's instance where there is one that is kept; undefined for transient plugins. */
  kept(item: PluginItem): object | undefined {
    return this.#serving(item)?.instance;
  }

  /**
   * The instance of an item that may be disabled, made now where that can be done at once. One with an
   * asynchronous `create` is started, and there for a later call.
   */
  demand(item: PluginItem): object | undefined {
    const plugin = this.#plugin(item);
    const isMade = plugin === undefined || fits(this.#slots.get(item.id), plugin, item);
    if (isMade || this.#demanded.has(item.id)) return this.get(item);
    const slot = this.#maker.attempt(plugin, item, 1);
    this.#demanded.add(item.id);
    if (isThenable(slot)) void slot.then((done) => this.#keepDemanded(item, done));
    else this.#keepDemanded(item, slot);
    return this.get(item);
  }

  /** Takes the instance into use; it is not disposed of before `release`. */
  lease(item: PluginItem): Lease | undefined {
    const slot = this.#serving(item);
    const instance = this.get(item);
    if (slot === undefined || instance === undefined) return undefined;
    const { secrets } = slot;
    const openings = slot.breaker?.openings ?? 0;
    const report = (succeeded: boolean): void => this.#report(slot, succeeded, openings);
    if (slot.instance === undefined) {
      return { instance, secrets, report, release: () => this.#maker.dispose(slot, instance) };
    }
    slot.users += 1;
    return {
      instance,
      secrets,
      report,
      release: () => {
        slot.users -= 1;
        if (slot.users === 0 && this.#leaving.delete(slot)) this.#maker.dispose(slot, instance);
      },
    };
  }

  /** All that are at hand. */
  readySlots(): ReadySlot[] {
    return [...this.#slots.values()].filter((slot) => slot.kind === "ready");
  }

  /** Whether a slot has not been replaced, and its item not been put out of use. */
  isInUse(slot: ReadySlot): boolean {
    return this.#slots.get(slot.item.id) === slot && this.isWanted(slot.item);
  }

  /** Notes what a health check found. */
  diagnose(slot: ReadySlot, ailment: Ailment | undefined): void {
    if (slot.ailment === ailment || !this.isInUse(slot)) return;
    const isNews = (slot.ailment === undefined) !== (ailment === undefined);
    slot.ailment = ailment;
    if (isNews) this.#options.onReadiness(slot.item);
  }

  /** Whether an instance is passed over for nothing but its health checks. */
  isAiling(item: PluginItem): boolean {
    const slot = this.#slots.get(item.id);
    return slot?.kind === "ready" && slot.ailment !== undefined && slot.breaker?.openUntil === undefined;
  }

  /** The items that could not be made ready, or do not pass their health checks. */
  failures(): { item: PluginItem; error: Error }[] {
    const ailing = this.readySlots().flatMap(({ item, ailment }) =>
      ailment ? [{ item, error: ailment.error }] : [],
    );
    return [...failures(this.#slots), ...ailing];
  }

  /** Disposes of everything, in use or not, and resolves when that is done. */
  async close(): Promise<void> {
    this.#maker.abort();
    for (const id of [...this.#slots.keys()]) this.#drop(id);
    for (const slot of this.#leaving) this.#maker.dispose(slot, slot.instance);
    this.#leaving.clear();
    await this.#maker.settled();
  }

  #isRetired(item: PluginItem): boolean {
    return isRetired(item, this.#options.registry);
  }

  #plugin(item: PluginItem): Plugin | undefined {
    return this.#options.registry.plugin(item.type, item.module, item.name);
  }

  /** The slot whose instance serves: the item's, or the one from before its config was spoilt. */
  #serving(item: PluginItem): ReadySlot | undefined {
    const slot = this.#slots.get(item.id);
    return slot?.kind === "failed" ? slot.previous : slot;
  }

  /** `openings`: how often the circuit had opened when the call began. */
  #report(slot: ReadySlot, succeeded: boolean, openings: number): void {
    if (this.#slots.get(slot.item.id) !== slot) return;
    if (slot.breaker === undefined) {
      if (succeeded) return;
      slot.breaker = new CircuitBreaker(this.#options.clock, () => this.#options.onReadiness(slot.item));
    }
    slot.breaker.record(succeeded, openings);
  }

  #makeTransient(slot: ReadySlot): object | undefined {
    try {
      return this.#maker.makeTransient(slot);
    } catch (error) {
      const { plugin, item } = slot;
      this.#drop(item.id);
      this.#put(item.id, failedSlot(plugin, item, asFailure(plugin, item, error), 1));
      this.#options.onReadiness(item);
      return undefined;
    }
  }

  #keepDemanded(item: PluginItem, slot: Slot): void {
    if (slot.kind === "failed") {
      warn(slot.error.message, slot.error);
      this.#options.clock.schedule(backoff(1), () => this.#demanded.delete(item.id));
      return;
    }
    this.#demanded.delete(item.id);
    const now = this.#maker.aborted ? undefined : this.#options.current(item.id);
    const isLate =
      now === undefined ||
      this.#isRetired(now) ||
      this.#plugin(now) !== slot.plugin ||
      !isSameConfigured(now, item) ||
      fits(this.#slots.get(item.id), slot.plugin, now);
    if (isLate) this.#end(slot);
    else {
      slot.item = now;
      this.#put(item.id, slot);
    }
  }

  #put(id: string, slot: Slot): void {
    const before = this.#slots.get(id);
    this.#slots.set(id, slot);
    if (slot.kind === "failed") {
      const previous = before?.kind === "failed" ? before.previous : before;
      if (previous?.plugin === slot.plugin) slot.previous = previous;
      else if (previous) this.#end(previous);
      if (before?.kind === "failed") before.cancelRetry();
      this.#scheduleRetry(slot);
    } else if (before) this.#end(before);
  }

  #scheduleRetry(slot: FailedSlot): void {
    const { clock } = this.#options;
    const delay = backoff(slot.attempts);
    slot.retryAt = clock.now() + delay;
    slot.cancelRetry = clock.schedule(delay, () => void this.#retry(slot));
  }

  async #retry(slot: FailedSlot): Promise<void> {
    const next = await this.#maker.attempt(slot.plugin, slot.item, slot.attempts + 1);
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
      if (slot.previous) this.#end(slot.previous);
      return;
    }
    slot.breaker?.close();
    if (slot.users === 0) this.#maker.dispose(slot, slot.instance);
    else this.#leaving.add(slot);
  }
}
