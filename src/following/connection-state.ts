import { DatabaseReplacedError } from "../store/errors.ts";
import type { Clock } from "../time/clock.ts";

type Standing =
  | { readonly kind: "live" }
  | { readonly kind: "stale"; readonly since: Date; readonly cause: unknown }
  | {
      readonly kind: "bootstrapped";
      readonly from: "code" | "file";
      readonly since: Date;
      readonly cause: unknown;
    };

/** Whether the database answers, and since when not. */
export class ConnectionState {
  readonly #clock: Clock;
  #standing: Standing = { kind: "live" };
  /** By the monotonic clock; undefined until it answers for the first time. */
  #confirmedAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** Whole milliseconds since the database last answered; `Infinity` when it never has. */
  get ageMs(): number {
    return this.#confirmedAt === undefined
      ? Number.POSITIVE_INFINITY
      : Math.round(this.#clock.monotonic() - this.#confirmedAt);
  }

  /** It answered. Returns whether it had not before. */
  found(): boolean {
    const returned = this.#standing.kind !== "live";
    this.#standing = { kind: "live" };
    this.#confirmedAt = this.#clock.monotonic();
    return returned;
  }

  /** It did not answer, or is another one. Returns whether that is news of one that was followed. */
  lost(cause: unknown): boolean {
    const before = this.#standing;
    if (before.kind === "live") {
      this.#standing = { kind: "stale", since: new Date(this.#clock.now()), cause };
      return true;
    }
    // That it is another one says more than that it does not answer.
    const wasReplaced = before.cause instanceof DatabaseReplacedError;
    const isReplaced = cause instanceof DatabaseReplacedError;
    if (wasReplaced && !isReplaced) return false;
    if (before.kind === "bootstrapped" || isReplaced) this.#standing = { ...before, cause };
    return before.kind === "stale" && isReplaced && !wasReplaced;
  }

  /** It has not answered yet; something else serves. */
  bootstrapped(from: "code" | "file", cause: unknown): void {
    this.#standing = { kind: "bootstrapped", from, since: new Date(this.#clock.now()), cause };
  }
}
