import type { Clock } from "../time/clock.ts";
import { type Linked, LinkedList } from "./linked-list.ts";

/** A limit that has no timer of its own yet. */
export interface Limit extends Linked<Limit> {
  /** When it is reached at the earliest, by the monotonic clock. */
  readonly dueAt: number;
  /** Gives it a timer of its own. */
  setTimer(): void;
}

/** How long a limit goes without a timer of its own, in milliseconds. */
const sweepMs = 100;

/**
 * Keeps the limits of attempts that have just begun. To set and clear a timer costs about as much as the rest of a call,
 * and most attempts end long before their limits. So a limit only enters a list at first, and within 100 ms one timer
 * for all of them gives those that are still there timers of their own. A limit that is reached sooner has one at once.
 */
export class LimitSweep {
  readonly clock: Clock;
  readonly #limits = new LinkedList<Limit>();
  /** By the monotonic clock; of no meaning while there is no timer. */
  #sweepsAt = 0;
  #cancel: (() => void) | undefined = undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  add(limit: Limit, now: number): void {
    const sweepsAt = this.#cancel === undefined ? now + sweepMs : this.#sweepsAt;
    if (limit.dueAt <= sweepsAt) {
      limit.setTimer();
      return;
    }
    this.#limits.add(limit);
    if (this.#cancel !== undefined) return;
    this.#sweepsAt = sweepsAt;
    this.#cancel = this.clock.schedule(sweepMs, () => this.#sweep());
  }

  /** Whether it was still without a timer. */
  delete(limit: Limit): boolean {
    return this.#limits.delete(limit);
  }

  /** Nothing has a limit any more. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #sweep(): void {
    this.#cancel = undefined;
    for (const limit of this.#limits.toArray()) {
      this.#limits.delete(limit);
      limit.setTimer();
    }
  }
}
