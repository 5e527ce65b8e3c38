import type { PluginItem } from "../definition/plugin-item.ts";
import type { Outcome, ResolvedCircuitPolicy } from "../definition/policy.ts";
import type { Attempts } from "./attempts.ts";
import type { CallRecords } from "./call-records.ts";
import type { Disposals } from "./disposals.ts";
import type { CallLease } from "./lease.ts";
import type { LeavingSlots } from "./leaving.ts";
import type { Slot } from "./slot.ts";

export interface LeasesOptions {
  readonly attempts: Attempts;
  readonly disposals: Disposals;
  readonly leaving: LeavingSlots;
  readonly records: CallRecords;
}

/** What an instance is taken into use for: a call may be the probe of a circuit that is half open. */
export type LeasePurpose = "call" | "other";

/** Takes the instances of slots into use. None is disposed of before those who use it are done. */
export class Leases {
  readonly #options: LeasesOptions;
  /** Those of transient plugins, whose instances no slot has. */
  readonly #transient = new Set<SlotLease>();

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  /** A lease of what a slot has, or of a new instance of a transient plugin; undefined when that cannot be made. */
  take(slot: Slot, item: PluginItem, purpose: LeasePurpose): CallLease | undefined {
    const { attempts, disposals } = this.#options;
    const kept = slot.instance;
    const instance = kept ?? attempts.makeTransient(slot);
    if (instance === undefined) return undefined;
    const { circuit } = slot;
    const probe = purpose === "call" ? circuit?.claimProbe() : undefined;
    const lease = new SlotLease(this, slot, item, instance, probe ?? circuit?.ticket() ?? 0);
    slot.users += 1;
    if (kept === undefined) {
      disposals.hold(slot, instance);
      this.#transient.add(lease);
    }
    return lease;
  }

  /** Keeps what a slot has from being disposed of, until the returned function is called, once. */
  use(slot: Slot): () => void {
    slot.users += 1;
    return () => this.#endUse(slot);
  }

  /** Ends those of transient plugins. */
  endTransient(): void {
    for (const lease of [...this.#transient]) lease.release();
  }

  release(lease: SlotLease, slot: Slot): void {
    if (this.#transient.size > 0 && this.#transient.delete(lease))
      this.#options.disposals.release(slot, lease.instance);
    this.#endUse(slot);
  }

  record(
    slot: Slot,
    outcome: "success" | Outcome,
    ticket: number,
    circuit: ResolvedCircuitPolicy | false,
    error: unknown,
  ): void {
    // Nearly all calls: nothing was wrong, and nothing is.
    if (outcome === "success" && slot.circuit === undefined) return;
    this.#options.records.add(slot, outcome, ticket, circuit, error);
  }

  #endUse(slot: Slot): void {
    slot.users -= 1;
    if (slot.users === 0) this.#options.leaving.released(slot);
  }
}

class SlotLease implements CallLease {
  readonly item: PluginItem;
  readonly instance: object;
  readonly #leases: Leases;
  readonly #slot: Slot;
  readonly #ticket: number;
  #isReleased = false;

  constructor(leases: Leases, slot: Slot, item: PluginItem, instance: object, ticket: number) {
    this.item = item;
    this.instance = instance;
    this.#leases = leases;
    this.#slot = slot;
    this.#ticket = ticket;
  }

  get secrets(): readonly string[] {
    return this.#slot.input.secrets;
  }

  get isAside(): boolean {
    return this.#slot.circuit?.aside !== undefined;
  }

  record(outcome: "success" | Outcome, circuit: ResolvedCircuitPolicy | false, error?: unknown): void {
    this.#leases.record(this.#slot, outcome, this.#ticket, circuit, error);
  }

  giveBack(): void {
    this.#slot.circuit?.returnProbe(this.#ticket);
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#leases.release(this, this.#slot);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
