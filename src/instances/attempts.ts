import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { backoff } from "./backoff.ts";
import type { Disposals } from "./disposals.ts";
import type { InstanceMaker, Outcome } from "./instance-maker.ts";
import type { LeavingSlots } from "./leaving.ts";
import { isReady, type Slot } from "./slot.ts";

export interface AttemptsOptions {
  readonly clock: Clock;
  readonly maker: InstanceMaker;
  readonly disposals: Disposals;
  readonly leaving: LeavingSlots;
  /** Called when something came of an attempt that nobody waited for on the spot. */
  readonly onArrival: (slot: Slot) => void;
  /** Whether the instance of a slot that failed is to be tried again. */
  readonly isWanted: (slot: Slot) => boolean;
  /** Gives up a slot that failed. */
  readonly giveUp: (slot: Slot) => void;
}

/**
 * Makes the instances of slots, and tries again those that failed. What comes of an attempt goes into the slot that it
 * was begun for, or is ended.
 */
export class Attempts {
  readonly #options: AttemptsOptions;
  /** First attempts that are under way. */
  readonly #underWay = new Map<Slot, Promise<void>>();

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** Makes the instance of a slot for the first time: at once where that is possible. */
  begin(slot: Slot): void {
    const awaited = slot.state;
    const outcome = this.#options.maker.make(slot);
    if (!isThenable(outcome)) {
      this.#put(slot, awaited, outcome, 1);
      return;
    }
    const arrival = outcome.then((arrived) => {
      this.#underWay.delete(slot);
      if (this.#put(slot, awaited, arrived, 1)) this.#options.onArrival(slot);
    });
    this.#underWay.set(slot, arrival);
  }

  /** Resolves when the first attempts for these items have come to something. */
  async settled(isMeant: (item: PluginItem) => boolean): Promise<void> {
    const meant = [...this.#underWay].filter(([slot]) => isMeant(slot.item));
    await Promise.all(meant.map(([, arrival]) => arrival));
  }

  /** A new instance of a transient plugin. When that fails, so has its slot. */
  makeTransient(slot: Slot): object | undefined {
    const { state } = slot;
    const outcome = this.#options.maker.makeTransient(slot);
    const isServing = state.kind === "ready" && slot.state === state;
    if (outcome.kind === "made") {
      if (isServing) slot.state = isReady;
      return outcome.instance;
    }
    if (isServing) {
      this.#fail(slot, outcome.error, state.failures + 1);
      this.#options.onArrival(slot);
    }
    return undefined;
  }

  async #retry(slot: Slot): Promise<void> {
    const { state } = slot;
    if (state.kind !== "failed") return;
    if (!this.#options.isWanted(slot)) return this.#options.giveUp(slot);
    const outcome = await this.#options.maker.make(slot);
    if (this.#put(slot, state, outcome, state.failures + 1)) this.#options.onArrival(slot);
  }

  /** Puts what came of an attempt in its place, if that still waits for it. */
  #put(slot: Slot, awaited: Slot["state"], outcome: Outcome, attempt: number): boolean {
    const { disposals, leaving } = this.#options;
    if (slot.state !== awaited) {
      if (outcome.kind === "made")
        disposals.discard({ plugin: slot.plugin, input: outcome.input }, outcome.instance);
      return false;
    }
    if (outcome.kind === "failed") {
      this.#fail(slot, outcome.error, attempt);
      return true;
    }
    const { input, instance } = outcome;
    const previous = slot.previous;
    slot.input = input;
    slot.instance = instance;
    slot.state = instance || attempt === 1 ? isReady : { kind: "ready", failures: attempt - 1 };
    if (instance) disposals.hold(slot, instance);
    if (previous) leaving.retire(previous);
    return true;
  }

  #fail(slot: Slot, error: Error, failures: number): void {
    if (failures === 1) warn(`${error.message}; it is skipped and tried again`, error);
    const { clock } = this.#options;
    const delay = backoff(failures);
    const cancelRetry = clock.schedule(delay, () => void this.#retry(slot));
    const { previous } = slot;
    slot.state = { kind: "failed", error, failures, retryAt: clock.now() + delay, cancelRetry, previous };
  }
}
