import type { Clock } from "../time/clock.ts";

const failuresInARow = 5;
const coolingMs = 30_000;

/**
 * Puts an item aside after 5 failures in a row, for 30 seconds; the first failure after that puts it
 * aside again, the first success of a call that began after that forgives all.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #failures = 0;
  #openings = 0;
  #openUntil: number | undefined;
  #cancel = (): void => undefined;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Epoch milliseconds; undefined while the circuit is closed. */
  get openUntil(): number | undefined {
    return this.#openUntil;
  }

  /** How often it has opened so far. */
  get openings(): number {
    return this.#openings;
  }

  /**
   * Notes how a call went that began after so many openings. A success of a call from before the last of them says
   * nothing of what is broken now.
   */
  record(succeeded: boolean, openings: number): void {
    if (succeeded) {
      if (openings < this.#openings) return;
      this.#failures = 0;
      if (this.#openUntil !== undefined) this.#shut();
      return;
    }
    this.#failures += 1;
    if (this.#failures < failuresInARow || this.#openUntil !== undefined) return;
    this.#openings += 1;
    this.#openUntil = this.#clock.now() + coolingMs;
    this.#cancel = this.#clock.schedule(coolingMs, () => this.#shut());
    this.#onChange();
  }

  close(): void {
    this.#cancel();
  }

  #shut(): void {
    this.#cancel();
    this.#openUntil = undefined;
    this.#onChange();
  }
}
