import { availableParallelism } from "node:os";

/**
 * Few at a time, and few in line. A password's hash keeps a core busy for a tenth of a second: so one is left to those who
 * use the panel, and whoever finds the line full is sent away at once.
 */
export class Turns {
  readonly #atOnce: number;
  readonly #longestLine: number;
  readonly #line: (() => void)[] = [];
  #running = 0;

  constructor(atOnce = Math.max(1, Math.min(4, availableParallelism() - 1)), longestLine = 16) {
    this.#atOnce = atOnce;
    this.#longestLine = longestLine;
  }

  /** undefined, without a call of `work`, if the line is full. */
  async take<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else if (this.#line.length >= this.#longestLine) return undefined;
    // Who leaves hands the turn over, so the count stays.
    else await new Promise<void>((resolve) => this.#line.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#line.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
