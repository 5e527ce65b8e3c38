import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import type { CallLease } from "../instances/lease.ts";
import type { Clock } from "../time/clock.ts";
import { RunTimeoutError } from "./errors.ts";
import type { RunContext, RunTask } from "./run-context.ts";

/** How long an attempt may take, in milliseconds. */
export interface AttemptLimits {
  readonly timeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly deadlineMs?: number | undefined;
}

/** Whose attempt it is. Told once how it went, and once more if something comes when nobody waits any longer. */
export interface AttemptOwner {
  readonly runId: string;
  idempotencyKey(item: PluginItem): string;
  receipt(attempt: Attempt): string;
  succeeded(attempt: Attempt, value: unknown): void;
  failed(attempt: Attempt, error: unknown): void;
  /** What was given up has come to its end. */
  late(attempt: Attempt, end: { readonly value: unknown } | { readonly error: unknown }): void;
}

/** One call of one implementation. Its instance is in use until the task has ended, which may be long after its time. */
export class Attempt implements RunContext {
  readonly attempt: number;
  readonly lease: CallLease;
  /** By the monotonic clock. */
  readonly startedAt: number;
  readonly #clock: Clock;
  #owner: AttemptOwner;
  #controller: AbortController | undefined = undefined;
  #reason: unknown = undefined;
  #isOver = false;
  #limits: AttemptLimits | undefined = undefined;
  /** When the run has to be over, by the monotonic clock. */
  #runEndsAt = Number.POSITIVE_INFINITY;
  #lastSign = 0;
  #cancel: (() => void) | undefined = undefined;
  #progress: (() => void) | undefined = undefined;
  #onSettled: (() => void) | undefined = undefined;
  /** Whether its task is what everything waits for; else the consumer of a stream is. */
  isAwaited = true;

  constructor(clock: Clock, owner: AttemptOwner, lease: CallLease, attempt: number) {
    this.#clock = clock;
    this.#owner = owner;
    this.lease = lease;
    this.attempt = attempt;
    this.startedAt = clock.monotonic();
  }

  get item(): PluginItem {
    return this.lease.item;
  }

  get runId(): string {
    return this.#owner.runId;
  }

  get idempotencyKey(): string {
    return this.#owner.idempotencyKey(this.item);
  }

  get receipt(): string {
    return this.#owner.receipt(this);
  }

  /** Made when it is asked for: signals are heavy, and few tasks look at them. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  get progress(): () => void {
    this.#progress ??= () => {
      this.#lastSign = this.#clock.monotonic();
    };
    return this.#progress;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get durationMs(): number {
    return this.#clock.monotonic() - this.startedAt;
  }

  /** Ends the attempt when one of the limits is reached. */
  limit(limits: AttemptLimits, runEndsAt: number): void {
    this.#limits = limits;
    this.#runEndsAt = runEndsAt;
    this.#lastSign = this.startedAt;
    this.#schedule(this.startedAt);
  }

  begin(task: RunTask<object, unknown>): void {
    let work: unknown;
    try {
      work = task(this.lease.instance, this);
      if (isThenable(work)) {
        Promise.resolve(work).then(
          (value) => this.#settle(true, value),
          (error: unknown) => this.#settle(false, error),
        );
        return;
      }
    } catch (error) {
      this.#settle(false, error);
      return;
    }
    this.#settle(true, work);
  }

  /** Ends it, whatever the task does; nobody waits for that any longer. */
  giveUp(reason: unknown): void {
    if (this.#isOver) return;
    this.end();
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#owner.failed(this, reason);
  }

  /** Resolves when the task of an attempt that is given up has come to its end. */
  untilSettled(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSettled = resolve;
    });
  }

  /** No limit holds any longer. The lease does, until it is released. */
  end(): void {
    this.#isOver = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** The task has brought a stream, whose parts another one takes. Limits hold on. */
  handOver(owner: Pick<AttemptOwner, "failed">): void {
    const { runId } = this;
    const before = this.#owner;
    this.#owner = {
      runId,
      idempotencyKey: (item) => before.idempotencyKey(item),
      receipt: (attempt) => before.receipt(attempt),
      succeeded: () => undefined,
      failed: (attempt, error) => owner.failed(attempt, error),
      late: () => undefined,
    };
  }

  #settle(isFulfilled: boolean, result: unknown): void {
    if (this.#isOver) {
      this.lease.release();
      this.#onSettled?.();
      this.#owner.late(this, isFulfilled ? { value: result } : { error: result });
      return;
    }
    if (isFulfilled) this.#owner.succeeded(this, result);
    else {
      this.end();
      this.lease.release();
      this.#owner.failed(this, result);
    }
  }

  /** One timer for all limits. Signs of progress do not touch it: it looks for the last of them when it is due. */
  #schedule(now: number): void {
    const { timeoutMs, idleTimeoutMs } = this.#limits as AttemptLimits;
    const timeoutAt = timeoutMs === undefined ? Number.POSITIVE_INFINITY : this.startedAt + timeoutMs;
    const idleAt = idleTimeoutMs === undefined ? Number.POSITIVE_INFINITY : this.#lastSign + idleTimeoutMs;
    const ms = Math.min(timeoutAt, idleAt, this.#runEndsAt) - now;
    this.#cancel = this.#clock.schedule(ms, () => this.#check(), true);
  }

  #check(): void {
    const now = this.#clock.monotonic();
    const { timeoutMs, idleTimeoutMs, deadlineMs } = this.#limits as AttemptLimits;
    if (!this.isAwaited) this.#lastSign = now;
    // A timer counts in whole milliseconds, and may be early by less than one.
    const isDue = (at: number): boolean => at - now < 1;
    if (timeoutMs !== undefined && isDue(this.startedAt + timeoutMs)) this.#late("timeoutMs", timeoutMs);
    else if (deadlineMs !== undefined && isDue(this.#runEndsAt)) this.#late("deadlineMs", deadlineMs);
    else if (idleTimeoutMs !== undefined && isDue(this.#lastSign + idleTimeoutMs))
      this.#late("idleTimeoutMs", idleTimeoutMs);
    else this.#schedule(now);
  }

  #late(limit: keyof AttemptLimits, ms: number): void {
    this.giveUp(new RunTimeoutError(this.item, limit, ms));
  }
}
