import { randomUUID } from "node:crypto";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Outcome, ResolvedPolicy } from "../definition/policy.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import { NoPluginAvailableError } from "../serving/errors.ts";
import { onAbort } from "../time/on-abort.ts";
import { Attempt, type AttemptOwner } from "./attempt.ts";
import type { CallParts } from "./call-parts.ts";
import { classifyWith } from "./classify-with.ts";
import {
  AllPluginsFailedError,
  MethodNotImplementedError,
  OutcomeUnknownError,
  RunTimeoutError,
} from "./errors.ts";
import type { RetryBudget } from "./retry-budget.ts";
import type { RunTask } from "./run-context.ts";
import type { RunOptions } from "./run-options.ts";
import { tellAttempt } from "./tell-attempt.ts";

/** Which items a run tries. */
export interface Candidates {
  /** The next one; `tried` are the ids of those before it. @throws SelectorError */
  next(tried: ReadonlySet<string>): PluginItem | undefined;
  explain(): ItemExplanation[];
}

/** What a run is about. */
export interface RunSubject {
  readonly type: AnyPluginType;
  readonly policy: ResolvedPolicy;
  readonly options: RunOptions;
  readonly candidates: Candidates;
  readonly budget: RetryBudget;
  /** Whether what a successful attempt brings is still in use, so that its lease and limits hold on. */
  readonly keepsAttempt: boolean;
}

/** How long the first wait between two attempts at one item is at most, and what doubling ends at, in milliseconds. */
const firstPauseMs = 100;
const longestPauseMs = 2_000;

const nobody: ReadonlySet<string> = new Set();

/**
 * Makes one call survive: tries item after item until one succeeds, as the type's policy says. A state machine instead
 * of an async function, for it is on the way of every call: a success at the first attempt takes a fraction of a
 * microsecond.
 */
export class Run<R> implements AttemptOwner {
  readonly #parts: CallParts;
  readonly #subject: RunSubject;
  readonly #task: RunTask<object, unknown>;
  readonly #resolve: (value: R) => void;
  readonly #reject: (error: unknown) => void;
  /** When all attempts have to be over, by the monotonic clock. */
  readonly #endsAt: number;
  #runId: string | undefined = undefined;
  #attempts = 0;
  #attempt: Attempt | undefined = undefined;
  #isOver = false;
  #tried: Set<string> | undefined = undefined;
  #errors: { readonly item: PluginItem; readonly error: unknown }[] | undefined = undefined;
  /** The items by the order in which they were tried first. */
  #order: string[] | undefined = undefined;
  /** Attempts in a row at the present item, and how long all waits for items took so far. */
  #atItem = 0;
  #waitedMs = 0;
  #cancelPause: (() => void) | undefined = undefined;
  #forgetSignal: (() => void) | undefined = undefined;

  constructor(
    parts: CallParts,
    subject: RunSubject,
    task: RunTask<object, unknown>,
    resolve: (value: R) => void,
    reject: (error: unknown) => void,
  ) {
    this.#parts = parts;
    this.#subject = subject;
    this.#task = task;
    this.#resolve = resolve;
    this.#reject = reject;
    const { deadlineMs } = subject.policy;
    this.#endsAt = deadlineMs === undefined ? Number.POSITIVE_INFINITY : parts.clock.monotonic() + deadlineMs;
  }

  get runId(): string {
    this.#runId ??= randomUUID();
    return this.#runId;
  }

  /** The attempt that is under way, or whose stream is. */
  get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  start(): void {
    const { signal } = this.#subject.options;
    if (signal?.aborted) {
      this.#fail(signal.reason);
      return;
    }
    if (signal) this.#forgetSignal = onAbort(signal, () => void this.stop(signal.reason));
    this.#go(undefined);
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
    this.#order ??= [];
    let place = this.#order.indexOf(item.id);
    if (place === -1) place = this.#order.push(item.id) - 1;
    return `${this.runId}-${place + 1}`;
  }

  receipt({ item, durationMs }: Attempt): string {
    return this.#parts.receipt(item, this.#parts.clock.now() - durationMs);
  }

  succeeded(attempt: Attempt, value: unknown): void {
    const { keepsAttempt, budget, policy } = this.#subject;
    if (keepsAttempt) {
      this.#succeed(value);
      return;
    }
    attempt.end();
    attempt.lease.record("success", policy.circuit);
    attempt.lease.release();
    budget.earn();
    tellAttempt(this.#subject.options, attempt, "success");
    this.#succeed(value);
  }

  failed(attempt: Attempt, error: unknown): void {
    if (this.#isOver) {
      // Whoever ended the run has given it up.
      attempt.lease.giveBack();
      tellAttempt(this.#subject.options, attempt, "aborted", error);
      return;
    }
    this.#attempt = undefined;
    const { lease, item } = attempt;
    const { type, policy, budget } = this.#subject;
    const outcome = this.#outcomeOf(error, attempt);
    const shown = hideInError(error, lease.secrets);
    lease.record(outcome, policy.circuit, shown);
    budget.spend();
    tellAttempt(this.#subject.options, attempt, outcome, shown);
    if (this.#isOver) return;
    if (outcome === "rejected") {
      this.#fail(error);
      return;
    }
    if (outcome === "ambiguous" && !policy.idempotent) {
      this.#fail(new OutcomeUnknownError(type, item, this.receipt(attempt), shown));
      return;
    }
    this.#errors ??= [];
    this.#errors.push({ item, error: shown });
    this.#goOn(item, outcome);
  }

  late(attempt: Attempt, end: { readonly value: unknown } | { readonly error: unknown }): void {
    this.#parts.late(attempt, end, this.#subject.keepsAttempt);
  }

  #outcomeOf(error: unknown, { lease }: Attempt): Outcome {
    if (error instanceof MethodNotImplementedError) return "unsuitable";
    const { type, policy } = this.#subject;
    const now = this.#parts.clock.now();
    return classifyWith(policy.classify, error, { type, secrets: lease.secrets, now });
  }

  /** Tries the same item again, at once or later, or the next one. */
  #goOn(item: PluginItem, outcome: Outcome): void {
    const pauseMs = this.#pauseBefore(outcome);
    if (pauseMs === undefined) {
      this.#tried ??= new Set();
      this.#tried.add(item.id);
      this.#atItem = 0;
      // Not in this turn: of tasks that throw at once there may be many.
      queueMicrotask(() => this.#go(undefined));
      return;
    }
    this.#cancelPause = this.#parts.clock.schedule(pauseMs, () => this.#go(item), true);
  }

  /** How long to wait before the same item is tried again, in milliseconds; undefined where it is not. */
  #pauseBefore(outcome: Outcome): number | undefined {
    const { policy, budget } = this.#subject;
    const left = this.#endsAt - this.#parts.clock.monotonic();
    if (this.#attempts >= policy.maxAttempts || !budget.allows) return undefined;
    if (typeof outcome === "object") {
      const ms = outcome.exhausted;
      if (this.#waitedMs + ms > policy.waitMs || ms >= left) return undefined;
      this.#waitedMs += ms;
      return ms;
    }
    if (outcome === "unsuitable" || outcome === "unauthorized") return undefined;
    if (this.#atItem >= policy.attemptsPerItem) return undefined;
    const ms = Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#atItem - 1));
    return ms < left ? ms : undefined;
  }

  /** Begins the next attempt: at this item, or at the one that comes next. */
  #go(again: PluginItem | undefined): void {
    if (this.#isOver) return;
    this.#cancelPause = undefined;
    try {
      const lease = this.#nextLease(again);
      if (lease === undefined) {
        this.#fail(this.#allFailed());
        return;
      }
      const { clock } = this.#parts;
      this.#attempts += 1;
      this.#atItem += 1;
      const attempt = new Attempt(clock, this, lease, this.#attempts);
      this.#attempt = attempt;
      const { policy } = this.#subject;
      if (
        policy.timeoutMs !== undefined ||
        policy.idleTimeoutMs !== undefined ||
        policy.deadlineMs !== undefined
      )
        attempt.limit(policy, this.#endsAt);
      attempt.begin(this.#task);
    } catch (error) {
      this.#fail(error);
    }
  }

  #nextLease(again: PluginItem | undefined): Attempt["lease"] | undefined {
    const { candidates, policy } = this.#subject;
    if (this.#errors !== undefined && this.#endsAt - this.#parts.clock.monotonic() < 1) {
      throw new RunTimeoutError(undefined, "deadlineMs", policy.deadlineMs ?? 0, this.#allFailed());
    }
    if (again) {
      const lease = this.#parts.lease(again);
      if (lease) return lease;
      this.#tried ??= new Set();
      this.#tried.add(again.id);
    }
    while (this.#attempts < policy.maxAttempts) {
      let item: PluginItem | undefined;
      try {
        item = candidates.next(this.#tried ?? nobody);
      } catch (error) {
        if (this.#errors === undefined) throw error;
        throw new AllPluginsFailedError(this.#subject.type, this.#errors, error);
      }
      if (item === undefined) return undefined;
      const lease = this.#parts.lease(item);
      this.#atItem = 0;
      if (lease) return lease;
      this.#tried ??= new Set();
      this.#tried.add(item.id);
    }
    return undefined;
  }

  #allFailed(): Error {
    const { type, candidates } = this.#subject;
    if (this.#errors === undefined) return new NoPluginAvailableError(type, candidates.explain());
    return new AllPluginsFailedError(type, this.#errors);
  }

  #succeed(value: unknown): void {
    this.#end();
    this.#resolve(value as R);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    this.#isOver = true;
    this.#cancelPause?.();
    this.#forgetSignal?.();
    this.#parts.ended(this);
  }
}
