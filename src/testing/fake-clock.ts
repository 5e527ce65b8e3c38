import { setImmediate } from "node:timers/promises";
import { InvalidOptionError } from "../definition/errors.ts";
import { checkKnown } from "../definition/known-options.ts";
import type { Clock } from "../time/clock.ts";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Kept as it is now: a test may put its own timers in the place of Node's. */
const turn = setImmediate;

/** So much may hang on what is done in one turn, and settle in the next. */
const turnsToSettle = 5;

/**
 * A clock that stands still until a test moves it: time limits, pauses between attempts, circuits that cool, holds
 * and leads that end.
 *
 * @example
 * const clock = new FakeClock();
 * const plugbay = await openTestPlugbay({ plugins: [otp, smsIr], clock });
 * const code = plugbay.run(otp, (sender) => sender.sendOtp("+1 555 0100", "123456"), { timeoutMs: 2_000 });
 * await clock.advance(2_000);
 * await code; // rejects: sms_ir took longer than 2,000 ms
 */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #zero: number;
  #elapsed = 0;

  /**
   * `now` is the time of day that it begins at. Default: 2030-01-01T00:00:00Z.
   *
   * @throws InvalidOptionError
   */
  constructor(options: { readonly now?: Date | string | number } = {}) {
    checkKnown("FakeClock", options, { now: true });
    const { now = "2030-01-01T00:00:00Z" } = options;
    this.#zero = new Date(now).getTime();
    if (Number.isNaN(this.#zero)) {
      throw new InvalidOptionError("now", now, "it is a time: a Date, ISO 8601, or epoch milliseconds");
    }
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#zero + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  schedule(ms: number, callback: () => void): () => void {
    const timer = { at: this.#elapsed + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Sets the time of day that much later or, below 0, earlier, as a time server does. No time passes. */
  step(ms: number): void {
    this.#zero += ms;
  }

  /**
   * Lets so many milliseconds pass: calls what becomes due, in its order, and after each has promises settle.
   *
   * @throws InvalidOptionError
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new InvalidOptionError("ms", ms, "it is a number of milliseconds, 0 or above");
    const end = this.#elapsed + ms;
    await settle();
    for (let next = this.#dueBy(end); next; next = this.#dueBy(end)) {
      this.#timers.delete(next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.callback();
      await settle();
    }
    this.#elapsed = end;
  }

  /** The one that is due first; of several, the one that was set first. */
  #dueBy(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

async function settle(): Promise<void> {
  for (let turns = 0; turns < turnsToSettle; turns += 1) await turn();
}
