import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "plugbay";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. Its time of day starts at the beginning of 2030. */
export class ManualClock implements Clock {
  #elapsed = 0;
  #zero = Date.UTC(2030, 0);
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#zero + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  /** Sets the time of day, as a time server does; no time passes. */
  step(ms: number): void {
    this.#zero += ms;
  }

  schedule(ms: number, callback: () => void): () => void {
    const timer = { at: this.#elapsed + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets `ms` milliseconds pass: calls what is due in its order, and after each lets promises settle. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (;;) {
      const [next] = [...this.#timers]
        .filter((timer) => timer.at <= end)
        .sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#elapsed = next.at;
      next.callback();
      await settle();
    }
    this.#elapsed = end;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }
}

/** Resolves when all that can happen without time passing has happened. SQLite answers synchronously. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await turn();
}
