import type { Clock } from "../time/clock.ts";
import type { Disposals } from "./disposals.ts";
import { isLeaving, type Slot } from "./slot.ts";

interface Departure {
  readonly slot: Slot;
  /** By the monotonic clock. */
  readonly dueAt: number;
}

/**
 * Slots that are out of service and whose instances may still be in use: by leases, which say when they are done, and
 * by those who took them from `get`, who are given a time. One timer does for all of them.
 */
export class LeavingSlots {
  readonly #clock: Clock;
  readonly #graceMs: number;
  readonly #disposals: Disposals;
  /** In the order in which they left, and so in the order in which they are due. */
  readonly #departures: Departure[] = [];
  /** Due, but leased. */
  readonly #leased = new Set<Slot>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, graceMs: number, disposals: Disposals) {
    this.#clock = clock;
    this.#graceMs = graceMs;
    this.#disposals = disposals;
  }

  /** Takes a slot out of service, and what served for it, but for what is kept. */
  retire(slot: Slot, kept?: Slot): void {
    const { state } = slot;
    slot.circuit?.close();
    slot.state = isLeaving;
    if (state.kind === "failed") state.cancelRetry();
    if (state.kind === "making" || state.kind === "failed") {
      slot.context?.abort(new Error("its item does not want it any longer"));
      if (state.previous && state.previous !== kept) this.retire(state.previous);
    } else if (state.kind === "ready" && this.#isHeard(slot)) {
      this.#departures.push({ slot, dueAt: this.#clock.monotonic() + this.#graceMs });
      this.#schedule();
    }
  }

  /** Hears that the last lease of a slot was released. */
  released(slot: Slot): void {
    if (this.#leased.delete(slot)) this.#end(slot);
  }

  /** Ends those that nobody leases, and the others as soon as they are released. */
  endUnused(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#endOrAwait(this.#departures.splice(0));
  }

  /** Ends all of them, in use or not. */
  endAll(): void {
    this.endUnused();
    const slots = [...this.#leased];
    this.#leased.clear();
    for (const slot of slots) this.#end(slot);
  }

  /** Whether an end of it makes any difference. */
  #isHeard({ instance, context }: Slot): boolean {
    return context !== undefined || (instance !== undefined && this.#disposals.isHeld(instance));
  }

  #schedule(): void {
    const [first] = this.#departures;
    if (first === undefined || this.#cancel) return;
    this.#cancel = this.#clock.schedule(Math.max(0, first.dueAt - this.#clock.monotonic()), () => {
      this.#cancel = undefined;
      this.#endDue();
      this.#schedule();
    });
  }

  #endDue(): void {
    const now = this.#clock.monotonic();
    const ahead = this.#departures.findIndex(({ dueAt }) => dueAt > now);
    this.#endOrAwait(this.#departures.splice(0, ahead === -1 ? this.#departures.length : ahead));
  }

  #endOrAwait(departures: readonly Departure[]): void {
    for (const { slot } of departures) {
      if (slot.users === 0) this.#end(slot);
      else this.#leased.add(slot);
    }
  }

  #end(slot: Slot): void {
    const { instance } = slot;
    slot.instance = undefined;
    slot.context?.abort(new Error("it is out of service"));
    if (instance) this.#disposals.release(slot, instance);
  }
}
