import type { Glance } from "../store/database.ts";
import type { Clock } from "../time/clock.ts";

/** A commit can be seen a moment after it is being written: so a sign is followed by several glances. */
const pausesMs = [2, 10, 40, 100];

/** So often in succession something may be found without a sign, before signs are given up. */
const mostMisses = 3;

/**
 * Takes a glance when there is a sign that somebody writes. Not every file system gives signs: so they are relied on
 * once one was heard, until something is found of which none has told.
 */
export class Signs {
  readonly #clock: Clock;
  readonly #glance: Glance;
  readonly #onMoved: () => void;
  readonly #stopListening: () => void;
  #isHeard = false;
  #areReliable = false;
  #misses = 0;
  /** The glance that comes next; undefined where none is due. */
  #next: number | undefined;
  #cancel = (): void => undefined;

  constructor(clock: Clock, glance: Glance, onMoved: () => void) {
    this.#clock = clock;
    this.#glance = glance;
    this.#onMoved = onMoved;
    this.#stopListening = glance.listen?.(() => this.#hear()) ?? (() => undefined);
  }

  get areReliable(): boolean {
    return this.#areReliable;
  }

  /** Something was found by a glance that no sign has asked for. */
  found(): void {
    if (!this.#isHeard) {
      this.#areReliable = false;
      this.#misses += 1;
    }
    this.#isHeard = false;
    if (this.#misses >= mostMisses) this.stop();
  }

  stop(): void {
    this.#cancel();
    this.#stopListening();
  }

  #hear(): void {
    this.#isHeard = true;
    this.#areReliable = true;
    const isUnderWay = this.#next !== undefined;
    this.#next = 0;
    if (!isUnderWay) this.#look();
  }

  #look(): void {
    const pauseMs = this.#next === undefined ? undefined : pausesMs[this.#next];
    if (this.#glance.hasMoved()) {
      this.#next = undefined;
      this.#isHeard = false;
      this.#misses = 0;
      this.#onMoved();
    } else if (pauseMs === undefined) this.#next = undefined;
    else {
      this.#next = (this.#next ?? 0) + 1;
      this.#cancel = this.#clock.schedule(pauseMs, () => this.#look());
    }
  }
}
