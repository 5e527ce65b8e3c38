import type { PluginItem } from "../definition/plugin-item.ts";
import type { Clock } from "../time/clock.ts";
import { RunTimeoutError } from "./errors.ts";

/** How long an attempt may take, in milliseconds. */
export interface AttemptLimits {
  readonly timeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly deadlineMs?: number | undefined;
}

/** What is given up when a limit is reached. */
interface Limited {
  readonly item: PluginItem;
  /** By the monotonic clock. */
  readonly startedAt: number;
  giveUp(reason: unknown): void;
}

/** One timer for all limits of an attempt. Signs of progress do not touch it: it looks for the last one when it is due. */
export class LimitTimer {
  readonly #clock: Clock;
  readonly #attempt: Limited;
  readonly #limits: AttemptLimits;
  /** When the run has to be over, by the monotonic clock. */
  readonly #runEndsAt: number;
  #lastSign: number;
  #cancel: () => void;
  /** Whether the provider is waited for; it is not idle while the consumer of its stream is. */
  isProviderDue = true;

  constructor(clock: Clock, attempt: Limited, limits: AttemptLimits, runEndsAt: number) {
    this.#clock = clock;
    this.#attempt = attempt;
    this.#limits = limits;
    this.#runEndsAt = runEndsAt;
    this.#lastSign = attempt.startedAt;
    this.#cancel = this.#schedule(attempt.startedAt);
  }

  /** Something happened. */
  sign(): void {
    this.#lastSign = this.#clock.monotonic();
  }

  end(): void {
    this.#cancel();
  }

  #schedule(now: number): () => void {
    const { timeoutMs, idleTimeoutMs } = this.#limits;
    let dueAt = this.#runEndsAt;
    if (timeoutMs !== undefined) dueAt = Math.min(dueAt, this.#attempt.startedAt + timeoutMs);
    if (idleTimeoutMs !== undefined) dueAt = Math.min(dueAt, this.#lastSign + idleTimeoutMs);
    // Whoever waits keeps the process alive; a stream that nobody asks for a part does not.
    return this.#clock.schedule(dueAt - now, () => this.#look());
  }

  #look(): void {
    const { startedAt } = this.#attempt;
    const { timeoutMs, idleTimeoutMs, deadlineMs } = this.#limits;
    const now = this.#clock.monotonic();
    if (!this.isProviderDue) this.#lastSign = now;
    // A timer counts in whole milliseconds, and may be early by less than one.
    const isDue = (at: number): boolean => at - now < 1;
    if (timeoutMs !== undefined && isDue(startedAt + timeoutMs)) this.#late("timeoutMs", timeoutMs);
    else if (deadlineMs !== undefined && isDue(this.#runEndsAt)) this.#late("deadlineMs", deadlineMs);
    else if (idleTimeoutMs !== undefined && isDue(this.#lastSign + idleTimeoutMs))
      this.#late("idleTimeoutMs", idleTimeoutMs);
    else this.#cancel = this.#schedule(now);
  }

  #late(limit: keyof AttemptLimits, ms: number): void {
    this.#attempt.giveUp(new RunTimeoutError(this.#attempt.item, limit, ms));
  }
}
