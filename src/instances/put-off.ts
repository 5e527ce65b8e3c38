import { later, type Moment } from "./circuit-state.ts";

/** Until when a provider wants to be left alone, and what the other processes have heard of that. */
export class PutOff {
  #end: Moment | undefined;
  #told = Number.NEGATIVE_INFINITY;

  get end(): Moment | undefined {
    return this.#end;
  }

  /**
   * Its provider said so to a call, `ms` before `end`. Returns whether that is news to the others: each of many calls may
   * be told the same, a little later.
   */
  extend(end: Moment, ms: number): boolean {
    this.#end = later(this.#end, end);
    if (end.at - this.#told < ms / 4) return false;
    this.#told = end.at;
    return true;
  }

  /** Goes over to what all processes know. */
  adopt(end: Moment | undefined): void {
    this.#end = end;
    this.#told = end?.at ?? Number.NEGATIVE_INFINITY;
  }

  /** Brings it in line with the time, by `Clock.monotonic`. */
  update(now: number): void {
    if (this.#end && this.#end.at <= now) this.#end = undefined;
  }
}
