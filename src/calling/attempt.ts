import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import type { CallLease } from "../instances/lease.ts";
import type { Clock } from "../time/clock.ts";
import type { LimitSweep } from "./limit-sweep.ts";
import { type AttemptLimits, LimitTimer } from "./limit-timer.ts";
import type { RunContext, RunTask } from "./run-context.ts";

/** What came of a task. */
export type AttemptEnd = { readonly value: unknown } | { readonly error: unknown };

/** Whose attempt it is. Told once how it went, and once more if something comes when nobody waits any longer. */
export interface AttemptOwner {
  readonly clock: Clock;
  readonly runId: string;
  idempotencyKey(item: PluginItem): string;
  receipt(attempt: Attempt): string;
  succeeded(attempt: Attempt, value: unknown): void;
  failed(attempt: Attempt, error: unknown): void;
  /** What was given up has come to its end. The instance is in use until what this returns resolves. */
  late(attempt: Attempt, end: AttemptEnd): Promise<void> | undefined;
}

/** What few attempts have. */
interface Rarities {
  controller?: AbortController;
  reason?: unknown;
  progress?: () => void;
  onSettled?: () => void;
  /** Who hears of a failure instead of the owner. */
  onFailure?: (error: unknown) => void;
  /** When the first part of a stream came, by the monotonic clock. */
  openedAt?: number;
}

/** One call of one implementation. Its instance is in use until the task has ended, which may be long after its time. */
export class Attempt implements RunContext {
  readonly attempt: number;
  readonly lease: CallLease;
  /** By the monotonic clock. */
  readonly startedAt: number;
  readonly #owner: AttemptOwner;
  #isOver = false;
  #timer: LimitTimer | undefined = undefined;
  #rarities: Rarities | undefined = undefined;

  constructor(owner: AttemptOwner, lease: CallLease, attempt: number) {
    this.#owner = owner;
    this.lease = lease;
    this.attempt = attempt;
    this.startedAt = owner.clock.monotonic();
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
    const rarities = this.#rare();
    if (rarities.controller === undefined) {
      rarities.controller = new AbortController();
      if ("reason" in rarities) rarities.controller.abort(rarities.reason);
    }
    return rarities.controller.signal;
  }

  get progress(): () => void {
    const rarities = this.#rare();
    rarities.progress ??= () => this.#timer?.sign();
    return rarities.progress;
  }

  /** When the first part of its stream came, by the monotonic clock; undefined where there was none, or it is no stream. */
  get openedAt(): number | undefined {
    return this.#rarities?.openedAt;
  }

  get durationMs(): number {
    return this.#owner.clock.monotonic() - this.startedAt;
  }

  /** Ends the attempt when one of the limits is reached. */
  limit(sweep: LimitSweep, limits: AttemptLimits, runEndsAt: number): void {
    this.#timer = new LimitTimer(sweep, this, limits, runEndsAt);
  }

  begin(task: RunTask<object, unknown>): void {
    let work: unknown;
    try {
      work = task(this.lease.instance, this);
      if (isThenable(work)) {
        Promise.resolve(work).then(
          (value) => this.#fulfilled(value),
          (error: unknown) => this.#rejected(error),
        );
        return;
      }
    } catch (error) {
      this.#rejected(error);
      return;
    }
    this.#fulfilled(work);
  }

  /** Ends it, whatever the task does; nobody waits for that any longer. */
  giveUp(reason: unknown): void {
    if (this.#isOver) return;
    this.end();
    const rarities = this.#rare();
    rarities.reason = reason;
    rarities.controller?.abort(reason);
    this.#tellFailure(reason);
  }

  /** Resolves when the task of an attempt that is given up has come to its end. */
  untilSettled(): Promise<void> {
    return new Promise((resolve) => {
      this.#rare().onSettled = resolve;
    });
  }

  /** No limit holds any longer. The lease does, until it is released. */
  end(): void {
    this.#isOver = true;
    this.#timer?.end();
  }

  /** The task has brought a stream. Limits hold on, and `onFailure` hears when one is reached. */
  handOver(onFailure: (error: unknown) => void): void {
    const rarities = this.#rare();
    rarities.onFailure = onFailure;
    rarities.openedAt = this.#owner.clock.monotonic();
  }

  /** From here on the provider of a stream is waited for, or its consumer is. */
  wait(isProviderDue: boolean): void {
    if (this.#timer === undefined) return;
    this.#timer.sign();
    this.#timer.isProviderDue = isProviderDue;
  }

  #fulfilled(value: unknown): void {
    if (this.#isOver) this.#late({ value });
    else this.#owner.succeeded(this, value);
  }

  #rejected(error: unknown): void {
    if (this.#isOver) {
      // A task that ends because it was told to, with what it was told, has nothing to say.
      if (error === this.#rarities?.reason) this.#leave();
      else this.#late({ error });
      return;
    }
    this.end();
    this.lease.release();
    this.#tellFailure(error);
  }

  #late(end: AttemptEnd): void {
    const ending = this.#owner.late(this, end);
    if (ending === undefined) this.#leave();
    else void ending.then(() => this.#leave());
  }

  #leave(): void {
    this.lease.release();
    this.#rarities?.onSettled?.();
  }

  #tellFailure(error: unknown): void {
    const onFailure = this.#rarities?.onFailure;
    if (onFailure) onFailure(error);
    else this.#owner.failed(this, error);
  }

  #rare(): Rarities {
    this.#rarities ??= {};
    return this.#rarities;
  }
}
