import { AsyncResource } from "node:async_hooks";
import type { PluginItem } from "../definition/plugin-item.ts";
import { RunTimeoutError } from "./errors.ts";
import type { Limit, LimitSweep } from "./limit-sweep.ts";

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

const never = Number.POSITIVE_INFINITY;
const noTimer = (): void => undefined;

/**
 * One timer for all limits of an attempt. Signs of progress do not touch it: it looks for the last one when it is due.
 *
 * It is an AsyncResource because the sweep that sets its timer runs in the context of another call, while what follows
 * from a time-out, such as the next attempt, has to see the AsyncLocalStorage of its own.
 */
export class LimitTimer extends AsyncResource implements Limit {
  before: Limit | undefined = undefined;
  after: Limit | undefined = undefined;
  dueAt: number;
  /** Whether the provider is waited for; it is not idle while the consumer of its stream is. */
  isProviderDue = true;
  readonly #sweep: LimitSweep;
  readonly #attempt: Limited;
  readonly #limits: AttemptLimits;
  /** When the run has to be over, by the monotonic clock; without a deadline never. */
  readonly #runEndsAt: number;
  #lastSign: number;
  #cancel = noTimer;

  constructor(sweep: LimitSweep, attempt: Limited, limits: AttemptLimits, runEndsAt: number) {
    super("PlugbayLimit");
    this.#sweep = sweep;
    this.#attempt = attempt;
    this.#limits = limits;
    this.#runEndsAt = runEndsAt;
    this.#lastSign = attempt.startedAt;
    this.dueAt = this.#nextDueAt();
    sweep.add(this, attempt.startedAt);
  }

  /** Something happened. */
  sign(): void {
    this.#lastSign = this.#sweep.clock.monotonic();
  }

  end(): void {
    if (!this.#sweep.delete(this)) this.#cancel();
  }

  setTimer(): void {
    const { clock } = this.#sweep;
    const ms = Math.max(0, this.dueAt - clock.monotonic());
    // Whoever waits keeps the process alive; a stream that nobody asks for a part does not.
    this.#cancel = this.runInAsyncScope(() => clock.schedule(ms, () => this.#look()));
  }

  #nextDueAt(): number {
    const { timeoutMs = never, idleTimeoutMs = never } = this.#limits;
    return Math.min(this.#runEndsAt, this.#attempt.startedAt + timeoutMs, this.#lastSign + idleTimeoutMs);
  }

  #look(): void {
    const { startedAt } = this.#attempt;
    const { timeoutMs = never, idleTimeoutMs = never, deadlineMs = never } = this.#limits;
    const now = this.#sweep.clock.monotonic();
    if (!this.isProviderDue) this.#lastSign = now;
    // A timer counts in whole milliseconds, and may be early by less than one.
    const isDue = (at: number): boolean => at - now < 1;
    if (isDue(startedAt + timeoutMs)) this.#late("timeoutMs", timeoutMs);
    else if (isDue(this.#runEndsAt)) this.#late("deadlineMs", deadlineMs);
    else if (isDue(this.#lastSign + idleTimeoutMs)) this.#late("idleTimeoutMs", idleTimeoutMs);
    else {
      this.dueAt = this.#nextDueAt();
      this.setTimer();
    }
  }

  #late(limit: keyof AttemptLimits, ms: number): void {
    this.#attempt.giveUp(new RunTimeoutError(this.#attempt.item, limit, ms));
  }
}
