import type { Clock } from "../time/clock.ts";
import type { Moment } from "./circuit-state.ts";

/** One timer, for what ends first. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Goes over to other ends; without any there is no timer. */
  set(ends: readonly (Moment | undefined)[]): void {
    const at = Math.min(...ends.flatMap((end) => end?.at ?? []));
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (at === Number.POSITIVE_INFINITY) return;
    const cancel = this.#clock.schedule(Math.max(0, at - this.#clock.monotonic()), () => {
      // It may ring early: a timer counts in whole milliseconds, and has a longest time.
      this.#timer = undefined;
      this.#ring();
    });
    this.#timer = { at, cancel };
  }
}
