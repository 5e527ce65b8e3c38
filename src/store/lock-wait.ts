import type { Clock } from "../time/clock.ts";
import { lockLimitMs } from "./lock-limit.ts";

/** A lock that is free, or nearly, is taken also when the time is over, in milliseconds. */
const leastMs = 1_000;

/**
 * How long one write may wait for others: for its turn in its own process, for every lock and over all repetitions, all
 * counted from when it was asked for. A write that works for longer is not cut; it only waits no more.
 */
export class LockWait {
  readonly #clock: Clock;
  readonly #deadline: number;
  /** The limit that the transaction has for each lock; undefined where it has none, as one of the application's. */
  #limitMs: number | undefined;

  constructor(clock: Clock, limitMs: number = lockLimitMs) {
    this.#clock = clock;
    this.#deadline = clock.monotonic() + limitMs;
  }

  /** How long the next lock may be waited for. */
  get nextMs(): number {
    return Math.max(this.#deadline - this.#clock.monotonic(), leastMs);
  }

  /** The limit of a transaction that begins, in milliseconds for each lock. */
  begin(): number {
    this.#limitMs = this.nextMs;
    return this.#limitMs;
  }

  /** The transaction's next limit, where the one that it has would last too long. */
  shorten(): number | undefined {
    const isGood = this.#limitMs === undefined || this.#limitMs - this.nextMs < leastMs;
    return isGood ? undefined : this.begin();
  }
}
