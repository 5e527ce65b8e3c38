import { randomUUID } from "node:crypto";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Outcome } from "../definition/policy.ts";
import type { CallLease } from "../instances/lease.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import { NoPluginAvailableError } from "../serving/errors.ts";
import type { Clock } from "../time/clock.ts";
import { onAbort } from "../time/on-abort.ts";
import { Attempt, type AttemptEnd, type AttemptOwner } from "./attempt.ts";
import type { CallParts, Opening, Stoppable } from "./call-parts.ts";
import { classifyWith } from "./classify-with.ts";
import {
  AllPluginsFailedError,
  MethodNotImplementedError,
  OutcomeUnknownError,
  RunTimeoutError,
} from "./errors.ts";
import { retryPause } from "./retry-pause.ts";
import { RunHistory } from "./run-history.ts";
import type { RunSubject } from "./run-subject.ts";

const nobody: ReadonlySet<string> = new Set();
const noArgs: readonly unknown[] = [];

function discard(lease: CallLease | undefined): void {
  lease?.giveBack();
  lease?.release();
}

/**
 * Makes one call survive: tries item after item until one succeeds, as the type's policy says. A state machine instead
 * of an async function, for it is on the way of every call: a success at the first attempt takes a fraction of a
 * microsecond.
 */
export class Run<R> implements AttemptOwner, Opening {
  before: Stoppable | undefined = undefined;
  after: Stoppable | undefined = undefined;
  readonly clock: Clock;
  readonly #parts: CallParts;
  readonly #subject: RunSubject;
  readonly #resolve: (value: R) => void;
  readonly #reject: (error: unknown) => void;
  /** When all attempts have to be over, by the monotonic clock. */
  readonly #endsAt: number;
  #attempts = 0;
  /** Attempts in a row at the present item. */
  #atItem = 0;
  #attempt: Attempt | undefined = undefined;
  #isOver = false;
  #history: RunHistory | undefined = undefined;
  #forgetSignal: (() => void) | undefined = undefined;

  constructor(
    parts: CallParts,
    subject: RunSubject,
    resolve: (value: R) => void,
    reject: (error: unknown) => void,
  ) {
    this.clock = parts.clock;
    this.#parts = parts;
    this.#subject = subject;
    this.#resolve = resolve;
    this.#reject = reject;
    const { deadlineMs = Number.POSITIVE_INFINITY } = subject.policy;
    const isEndless = deadlineMs === Number.POSITIVE_INFINITY;
    this.#endsAt = deadlineMs + (subject.call?.began ?? (isEndless ? 0 : parts.clock.monotonic()));
  }

  get runId(): string {
    const history = this.#past();
    history.runId ??= this.#subject.call?.runId ?? randomUUID();
    return history.runId;
  }

  /** The attempt that is under way, or whose stream is. */
  get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  start(): void {
    const { signal } = this.#subject.options;
    if (signal?.aborted) {
      this.#fail(signal.reason);
    } else {
      if (signal) this.#forgetSignal = onAbort(signal, () => void this.stop(signal.reason));
      this.#go(undefined);
    }
  }

  /** Ends the run at once. The attempt that is under way counts against nobody. */
  stop(reason: unknown): Promise<unknown> | undefined {
    if (this.#isOver) return undefined;
    const attempt = this.#attempt;
    this.#fail(reason);
    const settled = attempt?.untilSettled();
    attempt?.giveUp(reason);
    return settled;
  }

  idempotencyKey(item: PluginItem): string {
    const { order } = this.#past();
    let place = order.indexOf(item.id);
    if (place === -1) place = order.push(item.id) - 1;
    return `${this.runId}-${place + 1}`;
  }

  receipt({ item, durationMs }: Attempt): string {
    return this.#parts.receipt(item, this.clock.now() - durationMs);
  }

  succeeded(attempt: Attempt, value: unknown): void {
    const { keepsAttempt, calls, policy, options } = this.#subject;
    if (!keepsAttempt) {
      attempt.end();
      attempt.lease.record("success", policy.circuit);
      attempt.lease.release();
      calls.budget.earn();
    }
    this.#end();
    this.#resolve(value as R);
    if (this.#history) this.#parts.rescued(this.#history.errors, attempt.item);
    if (!keepsAttempt) this.#parts.attempted(options, attempt, "success");
  }

  failed(attempt: Attempt, error: unknown): void {
    if (this.#isOver) {
      // Whoever ended the run has given it up.
      attempt.lease.giveBack();
      this.#parts.attempted(this.#subject.options, attempt, "aborted", error);
      return;
    }
    this.#attempt = undefined;
    const { lease, item } = attempt;
    const { calls, policy, options } = this.#subject;
    const outcome = this.#outcomeOf(error, attempt);
    const shown = hideInError(error, lease.secrets);
    lease.record(outcome, policy.circuit, shown);
    calls.budget.spend(outcome);
    this.#parts.attempted(options, attempt, outcome, shown);
    if (this.#isOver) return;
    if (outcome === "rejected") {
      this.#fail(error);
      return;
    }
    if (outcome === "ambiguous" && !policy.idempotent) {
      this.#fail(new OutcomeUnknownError(calls.type, item, this.receipt(attempt), shown));
      return;
    }
    this.#past().errors.push({ item, error: shown });
    this.#goOn(lease, outcome);
  }

  late(attempt: Attempt, end: AttemptEnd): Promise<void> | undefined {
    return this.#parts.late(attempt, end, this.#subject.keepsAttempt === true);
  }

  #outcomeOf(error: unknown, { lease }: Attempt): Outcome {
    if (error instanceof MethodNotImplementedError) return "unsuitable";
    const { calls, policy } = this.#subject;
    const about = { type: calls.type, secrets: lease.secrets, now: this.clock.now() };
    return classifyWith(policy.classify, error, about);
  }

  /** Tries the same item again after a while, or the next one. */
  #goOn(lease: CallLease, outcome: Outcome): void {
    const { item } = lease;
    const pauseMs = this.#pauseBefore(outcome, lease);
    if (pauseMs === undefined) {
      this.#passOver(item);
      // Not in this turn: of tasks that throw at once there may be many.
      queueMicrotask(() => this.#go(undefined));
      return;
    }
    // The call itself keeps the process alive.
    this.#past().cancelPause = this.clock.schedule(pauseMs, () => this.#go(item));
  }

  /** How long to wait before the same item is tried again, in milliseconds; undefined where it is not. */
  #pauseBefore(outcome: Outcome, { item, isAside }: CallLease): number | undefined {
    const { policy, calls } = this.#subject;
    if (this.#attempts >= policy.maxAttempts || !calls.budget.allows) return undefined;
    const left = this.#endsAt - this.clock.monotonic();
    if (typeof outcome === "object") {
      const past = this.#past();
      const ms = outcome.exhausted;
      if (ms === 0 || past.waitedMs + ms > policy.waitMs || ms >= left) return undefined;
      past.waitedMs += ms;
      return ms;
    }
    if (outcome === "unsuitable" || outcome === "unauthorized") return undefined;
    if (this.#atItem >= policy.attemptsPerItem || (isAside && !this.#isLast(item))) return undefined;
    const ms = retryPause(this.#atItem);
    return ms < left ? ms : undefined;
  }

  /** Begins the next attempt: at this item, or at the one that comes next. */
  #go(again: PluginItem | undefined): void {
    if (this.#isOver) return;
    try {
      const lease = (again && this.#leaseAgain(again)) ?? this.#nextLease();
      // A selector, or what makes a transient instance, may have aborted the call.
      if (this.#isOver) discard(lease);
      else if (lease) this.#begin(lease);
      else this.#fail(this.#allFailed());
    } catch (error) {
      this.#fail(error);
    }
  }

  #begin(lease: CallLease): void {
    this.#attempts += 1;
    this.#atItem += 1;
    const attempt = new Attempt(this, lease, this.#attempts);
    this.#attempt = attempt;
    const { policy, task } = this.#subject;
    const { timeoutMs, idleTimeoutMs, deadlineMs } = policy;
    if ((timeoutMs ?? idleTimeoutMs ?? deadlineMs) !== undefined)
      attempt.limit(this.#parts.limitSweep, policy, this.#endsAt);
    attempt.begin(task);
  }

  #leaseAgain(item: PluginItem): CallLease | undefined {
    const lease = this.#parts.leaseAgain(item, () => this.#isLast(item));
    if (lease === undefined) this.#passOver(item);
    return lease;
  }

  /** Whether no other item than this one is left to be tried. */
  #isLast({ id }: PluginItem): boolean {
    const { calls, options, candidates = calls } = this.#subject;
    try {
      return candidates.next(new Set(this.#past().tried).add(id), options.args ?? noArgs) === undefined;
    } catch {
      // A selector that does without that item is not to be had.
      return true;
    }
  }

  #nextLease(): CallLease | undefined {
    const { calls, policy, options, candidates = calls } = this.#subject;
    if (this.#history && this.#endsAt - this.clock.monotonic() < 1) {
      throw new RunTimeoutError(undefined, "deadlineMs", policy.deadlineMs ?? 0, this.#allFailed());
    }
    while (this.#attempts < policy.maxAttempts) {
      let item: PluginItem | undefined;
      try {
        item = candidates.next(this.#history?.tried ?? nobody, options.args ?? noArgs);
      } catch (error) {
        if (this.#attempts === 0) throw error;
        throw new AllPluginsFailedError(calls.type, this.#past().errors, error);
      }
      if (item === undefined) return undefined;
      const lease = this.#parts.lease(item);
      if (lease) return lease;
      this.#passOver(item);
    }
    return undefined;
  }

  /** Does not try an item again in this run. */
  #passOver({ id }: PluginItem): void {
    const past = this.#past();
    past.tried ??= new Set();
    past.tried.add(id);
    this.#atItem = 0;
  }

  #allFailed(): Error {
    const { calls, candidates = calls } = this.#subject;
    if (this.#attempts === 0) return new NoPluginAvailableError(calls.type, candidates.explain());
    return new AllPluginsFailedError(calls.type, this.#past().errors);
  }

  #fail(error: unknown): void {
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    this.#isOver = true;
    this.#history?.cancelPause?.();
    this.#forgetSignal?.();
    this.#parts.ended(this);
  }

  #past(): RunHistory {
    this.#history ??= new RunHistory();
    return this.#history;
  }
}
