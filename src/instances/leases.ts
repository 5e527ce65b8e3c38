import type { PluginItem } from "../definition/plugin-item.ts";
import type { Attempts } from "./attempts.ts";
import type { Disposals } from "./disposals.ts";
import type { CallLease } from "./lease.ts";
import type { LeavingSlots } from "./leaving.ts";
import type { Slot } from "./slot.ts";

export interface LeasesOptions {
  readonly attempts: Attempts;
  readonly disposals: Disposals;
  readonly leaving: LeavingSlots;
  /** Notes how a call went that began after the circuit of its slot had opened so many times. */
  readonly onReport: (slot: Slot, succeeded: boolean, openings: number) => void;
}

/** Takes the instances of slots into use. None is disposed of before those who use it are done. */
export class Leases {
  readonly #options: LeasesOptions;
  /** What ends the leases of transient plugins, whose instances no slot has. */
  readonly #transient = new Set<() => void>();

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  /** A lease of what a slot has, or of a new instance of a transient plugin; undefined when that cannot be made. */
  take(slot: Slot, item: PluginItem): CallLease | undefined {
    const { attempts, disposals, onReport } = this.#options;
    const instance = slot.instance ?? attempts.makeTransient(slot);
    if (instance === undefined) return undefined;
    const isTransient = slot.instance === undefined;
    const openings = slot.circuit?.openings ?? 0;
    let isReleased = false;
    if (isTransient) disposals.hold(slot, instance);
    const endUse = this.use(slot);
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      if (isTransient) disposals.release(slot, instance);
      this.#transient.delete(release);
      endUse();
    };
    if (isTransient) this.#transient.add(release);
    return {
      instance,
      item,
      secrets: slot.input.secrets,
      report: (succeeded) => onReport(slot, succeeded, openings),
      release,
      [Symbol.dispose]: release,
    };
  }

  /** Keeps what a slot has from being disposed of, until the returned function is called, once. */
  use(slot: Slot): () => void {
    slot.users += 1;
    return () => {
      slot.users -= 1;
      if (slot.users === 0) this.#options.leaving.released(slot);
    };
  }

  /** Ends those of transient plugins. */
  endTransient(): void {
    for (const release of [...this.#transient]) release();
  }
}
