import type { Clock } from "../time/clock.ts";

/** Lets so many do their work at once; the others wait, first come, first served, but not for longer than a limit. */
export class Turns {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(clock: Clock, places: number) {
    this.#clock = clock;
    this.#free = places;
  }

  /** `late` makes the error for who got no turn within `limitMs`; `work` is not called then. */
  async run<T>(work: () => Promise<T>, limitMs: number, late: () => Error): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(limitMs, late);
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next) next();
      else this.#free += 1;
    }
  }

  #turn(limitMs: number, late: () => Error): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(next);
        cancel();
      };
      const next = (): void => {
        leave();
        resolve();
      };
      const cancel = this.#clock.schedule(
        limitMs,
        () => {
          leave();
          reject(late());
        },
        true,
      );
      this.#waiting.add(next);
    });
  }
}
