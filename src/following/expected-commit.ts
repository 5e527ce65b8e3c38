import type { RevisionMark } from "../store/mark.ts";
import type { Clock } from "../time/clock.ts";

export interface ExpectedCommitOptions {
  readonly clock: Clock;
  readonly refresh: () => Promise<void>;
  /** The revision that this process serves. */
  readonly served: () => RevisionMark;
  /** The change is there, or may be. */
  readonly onCommit: (revisionId: string) => void;
}

const shortestPauseMs = 20;
const longestPauseMs = 1_000;
const limitMs = 10_000;

/**
 * Looks for a change that a transaction of the application has written and may commit soon, or never: with
 * growing pauses, for 10 seconds. After that it is found like that of any other process.
 */
export class ExpectedCommit {
  readonly #options: ExpectedCommitOptions;
  #wanted: RevisionMark = { revision: 0, revisionId: "" };
  #deadline = 0;
  #state: "idle" | "looking" | "stopped" = "idle";
  #cancel = (): void => undefined;

  constructor(options: ExpectedCommitOptions) {
    this.#options = options;
  }

  expect(written: RevisionMark): void {
    this.#wanted = written;
    this.#deadline = this.#options.clock.monotonic() + limitMs;
    if (this.#state === "idle") this.#wait(shortestPauseMs);
  }

  /** What is expected may be there by now: that is told, because nothing looks for it any more. */
  stop(): void {
    const wasLooking = this.#state === "looking";
    this.#state = "stopped";
    this.#cancel();
    if (wasLooking) this.#options.onCommit(this.#wanted.revisionId);
  }

  #wait(pauseMs: number): void {
    this.#state = "looking";
    this.#cancel = this.#options.clock.schedule(pauseMs, () => void this.#look(pauseMs));
  }

  async #look(pauseMs: number): Promise<void> {
    const { clock, refresh, onCommit } = this.#options;
    const hasLooked = await refresh().then(
      () => true,
      () => false,
    );
    if (this.#state === "stopped") return;
    const found = hasLooked ? this.#found() : "nothing yet";
    if (found === "nothing yet" && clock.monotonic() < this.#deadline) {
      this.#wait(Math.min(pauseMs * 2, longestPauseMs));
      return;
    }
    this.#state = "idle";
    if (found === "committed") onCommit(this.#wanted.revisionId);
  }

  /** Another change at the same revision: the transaction was rolled back. */
  #found(): "nothing yet" | "committed" | "rolled back" {
    const served = this.#options.served();
    if (served.revision < this.#wanted.revision) return "nothing yet";
    if (served.revision > this.#wanted.revision) return "committed";
    return served.revisionId === this.#wanted.revisionId ? "committed" : "rolled back";
  }
}
