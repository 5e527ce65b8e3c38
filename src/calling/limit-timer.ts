import type { PluginItem } from "../definition/plugin-item.ts";
import type { Clock } from "../time/clock.ts";
import { RunTimeoutError } from "./errors.ts";

/** How long an attempt may take, in milliseconds. */
export interface AttemptLimits {
  readonly timeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly deadlineMs?: number | undefined;
}

export interface LimitTimerOptions {
  readonly clock: Clock;
  readonly item: PluginItem;
  readonly limits: AttemptLimits;
  /** When the attempt began, and when its run has to be over, by the monotonic clock. */
  readonly startedAt: number;
  readonly runEndsAt: number;
  readonly onLate: (error: RunTimeoutError) => void;
}

/** One timer for all limits of an attempt. Signs of progress do not touch it: it looks for the last one when it is due. */
export class LimitTimer {
  readonly #options: LimitTimerOptions;
  #lastSign: number;
  #cancel: () => void;
  /** Whether the provider is waited for; it is not idle while the consumer of its stream is. */
  isProviderDue = true;

  constructor(options: LimitTimerOptions) {
    this.#options = options;
    this.#lastSign = options.startedAt;
    this.#cancel = this.#schedule(options.startedAt);
  }

  /** Something happened. */
  sign(): void {
    this.#lastSign = this.#options.clock.monotonic();
  }

  end(): void {
    this.#cancel();
  }

  #schedule(now: number): () => void {
    const { clock, startedAt, runEndsAt } = this.#options;
    const { timeoutMs, idleTimeoutMs } = this.#options.limits;
    const timeoutAt = timeoutMs === undefined ? Number.POSITIVE_INFINITY : startedAt + timeoutMs;
    const idleAt = idleTimeoutMs === undefined ? Number.POSITIVE_INFINITY : this.#lastSign + idleTimeoutMs;
    return clock.schedule(Math.min(timeoutAt, idleAt, runEndsAt) - now, () => this.#look(), true);
  }

  #look(): void {
    const { clock, item, limits, startedAt, runEndsAt, onLate } = this.#options;
    const { timeoutMs, idleTimeoutMs, deadlineMs } = limits;
    const now = clock.monotonic();
    if (!this.isProviderDue) this.#lastSign = now;
    // A timer counts in whole milliseconds, and may be early by less than one.
    const isDue = (at: number): boolean => at - now < 1;
    const late = (limit: keyof AttemptLimits, ms: number): void =>
      onLate(new RunTimeoutError(item, limit, ms));
    if (timeoutMs !== undefined && isDue(startedAt + timeoutMs)) late("timeoutMs", timeoutMs);
    else if (deadlineMs !== undefined && isDue(runEndsAt)) late("deadlineMs", deadlineMs);
    else if (idleTimeoutMs !== undefined && isDue(this.#lastSign + idleTimeoutMs))
      late("idleTimeoutMs", idleTimeoutMs);
    else this.#cancel = this.#schedule(now);
  }
}
