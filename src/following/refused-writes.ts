import { DatabaseForbiddenError, WriteRefusedError } from "../store/errors.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";

/** How long nothing of a kind is written unasked after it was refused, in milliseconds. */
const restMs = 60_000;

type Kind = "sync" | "heartbeat" | "circuits" | "traffic" | "events";

/**
 * What a process writes unasked, its sync, its heartbeats, what it finds about items in use and the calls that it counts,
 * where its database user may only read, or the database takes no changes: then it serves what is there, says so once, and tries again now and then.
 */
export class RefusedWrites {
  readonly #clock: Clock;
  readonly #refusedAt = new Map<Kind, number>();
  #isTold = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it is too early to try again. */
  isResting(kind: Kind): boolean {
    const refusedAt = this.#refusedAt.get(kind);
    return refusedAt !== undefined && this.#clock.monotonic() - refusedAt < restMs;
  }

  /** Whether an error is a refusal, which is no failure of the process then. */
  isRefusal(kind: Kind, error: unknown): boolean {
    if (!(error instanceof DatabaseForbiddenError || error instanceof WriteRefusedError)) return false;
    this.#refusedAt.set(kind, this.#clock.monotonic());
    if (!this.#isTold) {
      this.#isTold = true;
      const consequence =
        "it serves what is there and follows what others change, and leaves out what it may not write: " +
        "the sync of what its code declares, its row in the list of processes, changes made through it";
      warn(`this process only reads: ${error.message}; ${consequence}`, error);
    }
    return true;
  }
}
