import { statusInForce } from "../definition/lead.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Outcome, ResolvedCircuitPolicy } from "../definition/policy.ts";
import type { Readiness } from "../selection/readiness.ts";
import { isRetired } from "../selection/retirement.ts";
import { Attempts } from "./attempts.ts";
import { CallRecords } from "./call-records.ts";
import { Disposals } from "./disposals.ts";
import { InstanceMaker, type InstanceMakerOptions } from "./instance-maker.ts";
import type { CallLease } from "./lease.ts";
import { type LeasePurpose, Leases } from "./leases.ts";
import { LeavingSlots } from "./leaving.ts";
import { readinessOf } from "./readiness.ts";
import { type HealthFailure, isReady, Slot } from "./slot.ts";
import { SlotCircuits } from "./slot-circuits.ts";
import { SlotTable } from "./slot-table.ts";

export interface InstancesOptions extends InstanceMakerOptions {
  /** How long an instance that is out of service is left to those who took it from `get`, in milliseconds. */
  readonly graceMs: number;
  /** Called when what is known of an item changed by itself. */
  readonly onReadiness: (item: PluginItem) => void;
}

/**
 * The instances of this process, each in the slot of its item. Items change at once, with what is ready; what takes
 * longer arrives later, in the slot that it was begun for or nowhere.
 */
export class Instances {
  readonly #options: InstancesOptions;
  readonly #disposals: Disposals;
  readonly #leaving: LeavingSlots;
  readonly #attempts: Attempts;
  readonly #slots = new SlotTable();
  readonly circuits: SlotCircuits;
  readonly #records: CallRecords;
  readonly #leases: Leases;
  #isClosed = false;

  constructor(options: InstancesOptions) {
    const { clock, prepareTimeoutMs, graceMs } = options;
    this.#options = options;
    this.#disposals = new Disposals(clock, prepareTimeoutMs);
    this.#leaving = new LeavingSlots(clock, graceMs, this.#disposals);
    const parts = { disposals: this.#disposals, leaving: this.#leaving };
    this.#attempts = new Attempts({
      ...parts,
      clock,
      maker: new InstanceMaker(options, this.#disposals),
      onArrival: ({ item }) => options.onReadiness(item),
      isWanted: ({ item }) => this.isWanted(item),
      giveUp: ({ item }) => this.#drop(item.id),
    });
    const isServing = (slot: Slot): boolean => this.#slots.get(slot.item.id)?.serving === slot;
    const onAside = (slot: Slot): void => {
      const item = this.#slots.get(slot.item.id)?.item;
      if (item && isServing(slot)) options.onReadiness(item);
    };
    this.circuits = new SlotCircuits(clock, onAside);
    this.#records = new CallRecords({ clock, isServing, circuits: this.circuits });
    this.#leases = new Leases({ ...parts, attempts: this.#attempts, records: this.#records });
  }

  /** What this process found about an item. */
  readiness(item: PluginItem): Readiness {
    const isKnown = (): boolean => this.#plugin(item) !== undefined;
    return readinessOf(item, this.#slots.get(item.id), this.isWanted(item), isKnown);
  }

  /** Whether an item is out of selection for good, as far as this process can tell. */
  isRetired(item: PluginItem): boolean {
    return isRetired(item, this.#options.registry);
  }

  /** Whether an item is to serve when it can: it is neither disabled, unless it leads, nor retired. */
  isWanted(item: PluginItem): boolean {
    return statusInForce(item) !== "disable" && !this.isRetired(item);
  }

  /**
   * Goes over to items as they are now, without a pause. What can be made at once is made; the rest arrives later.
   * Returns those that were tried and cannot be made.
   */
  update(changed: Iterable<PluginItem>, gone: Iterable<string>): PluginItem[] {
    const failed: PluginItem[] = [];
    for (const id of gone) this.#drop(id);
    for (const item of changed) {
      const slot = this.#place(item);
      if (slot === undefined) continue;
      this.#attempts.begin(slot);
      if (slot.state.kind === "failed") failed.push(item);
    }
    return failed;
  }

  /** Resolves when those of these items that are being made for the first time are ready or have failed. */
  async settled(isMeant: (item: PluginItem) => boolean = () => true): Promise<void> {
    await this.#attempts.settled(isMeant);
  }

  /** Whether this is the item as it is now, in use and ready. Quicker than to ask for its readiness. */
  isOffered(item: PluginItem): boolean {
    const slot = this.#slots.having(item);
    if (slot === undefined || statusInForce(item) === "disable" || item.hold) return false;
    if (slot.state.kind === "failed") return false;
    const { serving } = slot;
    return serving !== undefined && serving.health === undefined && serving.circuit?.aside === undefined;
  }

  /** The instance that serves for an item; a new one of a transient plugin. undefined when there is none. */
  get(item: PluginItem): object | undefined {
    const slot = this.#serving(item);
    return slot && (slot.instance ?? this.#attempts.makeTransient(slot));
  }

  /** Whether anything is there that serves for an item, be it under a former config. */
  canServe(item: PluginItem): boolean {
    return this.#serving(item) !== undefined;
  }

  /** As `get`, but for transient plugins: their instances are not kept. */
  kept(item: PluginItem): object | undefined {
    return this.#serving(item)?.instance;
  }

  /** As `get`, for what an item's own config has made: undefined while it is failed. */
  usable(item: PluginItem): object | undefined {
    const slot = this.#slots.get(item.id);
    if (slot === undefined || slot.state.kind === "failed" || slot.serving?.health) return undefined;
    return this.get(item);
  }

  /**
   * As `usable`, for an item that may be disabled, made now where that can be done at once. One with an asynchronous
   * `create` is begun, and there for a later call.
   */
  usableOnDemand(item: PluginItem): object | undefined {
    const plugin = this.#plugin(item);
    if (plugin && !this.#isClosed && this.#slots.get(item.id) === undefined) {
      const slot = this.#begin(plugin, item, undefined);
      this.#attempts.begin(slot);
      if (slot.state.kind === "ready") this.#options.onReadiness(item);
    }
    return this.usable(item);
  }

  /** Takes the instance into use; it is not disposed of before it is released. */
  lease(item: PluginItem, purpose: LeasePurpose): CallLease | undefined {
    const slot = this.#serving(item);
    return slot && this.#leases.take(slot, item, purpose);
  }

  /** As `lease`, for an instance that the item's own config has made and that is kept. */
  leaseKept(item: PluginItem): CallLease | undefined {
    const slot = this.#slots.having(item);
    return slot?.state.kind === "ready" && slot.instance ? this.#leases.take(slot, item, "other") : undefined;
  }

  /** Keeps what a slot has from being disposed of, until the returned function is called, once. */
  use(slot: Slot): () => void {
    return this.#leases.use(slot);
  }

  /** All slots that are ready. */
  readySlots(): Slot[] {
    return this.#slots.values().filter(({ state }) => state.kind === "ready");
  }

  /** Whether a slot has not been replaced, and its item not been put out of use. */
  isInUse(slot: Slot): boolean {
    return this.#slots.get(slot.item.id) === slot && slot.state.kind === "ready" && this.isWanted(slot.item);
  }

  /** Takes in an item with an instance that is there already, which no snapshot has. An `update` takes it out again. */
  admit(plugin: Plugin, item: PluginItem, instance: object): void {
    Object.assign(this.#begin(plugin, item, undefined), { instance, state: isReady });
  }

  /** Notes what a health check found. */
  diagnose(slot: Slot, failure: HealthFailure | undefined): void {
    if (slot.health === failure || !this.isInUse(slot)) return;
    const isNews = slot.health?.error.message !== failure?.error.message;
    slot.health = failure;
    if (isNews) this.#options.onReadiness(slot.item);
  }

  /** Notes what became of a call that began at that time, in epoch milliseconds, and was told of later. */
  recordLater(
    item: PluginItem,
    outcome: "success" | Outcome,
    began: number,
    policy: ResolvedCircuitPolicy | false,
  ): void {
    const slot = this.#serving(item);
    if (slot) this.#records.add(slot, outcome, slot.circuit?.ticketOf(began) ?? 0, policy, undefined);
  }

  /** Whether an item gets no calls for nothing but the failures of those that it had. */
  isCircuitOpen(item: PluginItem): boolean {
    const slot = this.#serving(item);
    return slot?.health === undefined && slot?.circuit?.aside?.reason === "circuit";
  }

  /** The slot of an item, of its present config. */
  slotOf(itemId: string): Slot | undefined {
    return this.#slots.get(itemId);
  }

  /** An operator wants it to be used again, whatever was wrong. */
  forgive(item: PluginItem): void {
    this.circuits.release(this.#serving(item));
  }

  /** Whether an item is passed over for nothing but its health checks. */
  isUnhealthy(item: PluginItem): boolean {
    const slot = this.#serving(item);
    return slot?.health !== undefined && slot.circuit?.aside === undefined;
  }

  /** Makes nothing any more, and disposes of what no lease has; of the rest when it is released. */
  retire(): void {
    this.#isClosed = true;
    for (const { item } of this.#slots.values()) this.#drop(item.id);
    this.#leaving.endUnused();
  }

  /** Disposes of everything, in use or not, and waits for that for so many milliseconds at most. */
  async close(limitMs: number): Promise<void> {
    this.retire();
    this.#leaving.endAll();
    this.#leases.endTransient();
    await this.#disposals.close(limitMs);
  }

  #plugin(item: PluginItem): Plugin | undefined {
    return this.#options.registry.plugin(item.type, item.module, item.name);
  }

  #serving(item: PluginItem): Slot | undefined {
    return (this.#slots.having(item) ?? this.#slots.get(item.id))?.serving;
  }

  /** Keeps the slot of an item that changed, or takes it out of service; returns one whose instance is still to be made. */
  #place(item: PluginItem): Slot | undefined {
    const slot = this.#slots.get(item.id);
    const plugin = this.isRetired(item) ? undefined : this.#plugin(item);
    if (plugin === undefined || this.#isClosed) return this.#drop(item.id);
    const isDisabled = statusInForce(item) === "disable";
    const wasDisabled = slot !== undefined && statusInForce(slot.item) === "disable";
    if (slot?.fits(plugin, item)) {
      const isKept =
        slot.state.kind === "ready" ||
        (slot.state.kind === "making" && wasDisabled) ||
        !(isDisabled || wasDisabled);
      if (isKept) {
        slot.item = item;
        if (isDisabled) slot.health = undefined;
        return undefined;
      }
    }
    return isDisabled ? this.#drop(item.id, "disabled") : this.#succeed(slot, plugin, item);
  }

  /** The slot after `before`, whose config is no longer the item's. */
  #succeed(before: Slot | undefined, plugin: Plugin, item: PluginItem): Slot | undefined {
    const serving = before?.serving;
    const previous = serving?.plugin === plugin ? serving : undefined;
    this.circuits.end(before);
    if (before && previous !== before) this.#leaving.retire(before, previous);
    if (previous?.fits(plugin, item)) {
      // The config is what it was before a change that did not come to anything: had `before` been ready, it was kept.
      previous.item = item;
      this.#slots.set(previous);
      return undefined;
    }
    return this.#begin(plugin, item, previous);
  }

  #begin(plugin: Plugin, item: PluginItem, previous: Slot | undefined): Slot {
    const slot = new Slot(plugin, item, previous);
    this.#slots.set(slot);
    this.circuits.begin(slot);
    return slot;
  }

  #drop(id: string, why?: "disabled"): undefined {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.circuits.end(slot, why);
    this.#leaving.retire(slot);
  }
}
