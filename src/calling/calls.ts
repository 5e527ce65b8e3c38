import type { Hook } from "../definition/hooks.ts";
import { statusInForce } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { ResolvedPolicy } from "../definition/policy.ts";
import { resolvePolicy } from "../definition/resolve-policy.ts";
import type { Instances } from "../instances/instances.ts";
import type { CallLease } from "../instances/lease.ts";
import type { SlotCircuits } from "../instances/slot-circuits.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import type { Emitter } from "../serving/events.ts";
import type { Reads } from "../serving/reads.ts";
import { ClosedError } from "../store/errors.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { KeepAlive } from "../time/keep-alive.ts";
import type { Attempt, AttemptEnd } from "./attempt.ts";
import type { CallCounter } from "./call-counter.ts";
import type { CallParts, Stoppable } from "./call-parts.ts";
import { callStream } from "./call-stream.ts";
import { AllPluginsFailedError } from "./errors.ts";
import type { ItemResult } from "./item-result.ts";
import { LimitSweep } from "./limit-sweep.ts";
import { LinkedList } from "./linked-list.ts";
import { endStream, type OpenedStream, openingOf, type StreamTask } from "./open-stream.ts";
import { Receipts } from "./receipt.ts";
import { checkReported, type ReportedOutcome } from "./reported-outcome.ts";
import { Run } from "./run.ts";
import type { RunTask } from "./run-context.ts";
import { type AttemptReport, checkRunOptions, type RunOptions } from "./run-options.ts";
import type { RunSubject } from "./run-subject.ts";
import { type Begun, type CallWay, SeenCall } from "./seen-call.ts";
import { makeService } from "./service.ts";
import type { FailoverStream } from "./stream.ts";
import { tellAttempt } from "./tell-attempt.ts";
import { type Candidates, TypeCalls } from "./type-calls.ts";
import { Watchers } from "./watchers.ts";

const noOptions: RunOptions = Object.freeze({});
const noHooks: readonly Hook[] = [];

export interface CallsOptions {
  readonly clock: Clock;
  readonly namespace: string;
  readonly reads: Reads;
  readonly instances: Instances;
  readonly emitter: Emitter;
  /** What is done around every call. Default: nothing. */
  readonly hooks?: readonly Hook[] | undefined;
  /** Default: none. */
  readonly counter?: CallCounter | undefined;
}

/** The calls that are under way. */
export class Calls implements CallParts {
  readonly clock: Clock;
  readonly limitSweep: LimitSweep;
  readonly watchers = new Watchers();
  readonly #options: CallsOptions;
  readonly #underWay = new LinkedList<Stoppable>();
  readonly #types = new Map<AnyPluginType, TypeCalls>();
  readonly #keepAlive = new KeepAlive();
  readonly #receipts: Receipts;
  readonly #circuits: SlotCircuits;
  /** Hears when nothing is under way any more. */
  #onQuiet = (): void => undefined;

  constructor(options: CallsOptions) {
    this.clock = options.clock;
    this.limitSweep = new LimitSweep(options.clock);
    this.#options = options;
    this.#receipts = new Receipts(options.namespace);
    this.#circuits = options.instances.circuits;
  }

  /** @param method of a service, and what that was given */
  run<R>(
    token: AnyPluginType,
    task: RunTask<object, R>,
    options: RunOptions = noOptions,
    method?: string,
    input?: readonly unknown[],
  ): Promise<R> {
    try {
      const calls = this.#callsOf(token);
      const subject = { calls, policy: policyOf(calls, options), options, task };
      return this.#begin<R>(subject, method === undefined ? "run" : "service", method, input).result;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** An object with the type's methods, each of which is run. */
  service(token: AnyPluginType, options: RunOptions = noOptions): object {
    const calls = this.#callsOf(token);
    policyOf(calls, options);
    const make = (): object =>
      makeService(calls.type, (task, method, input) => this.run(calls.type, task, options, method, input));
    if (options !== noOptions) return make();
    calls.service ??= make();
    return calls.service;
  }

  stream<P>(
    token: AnyPluginType,
    task: StreamTask<object, P>,
    options: RunOptions = noOptions,
  ): FailoverStream<P> {
    const calls = this.#callsOf(token);
    const policy = policyOf(calls, options);
    const begin = (subject: RunSubject): Begun<OpenedStream<P>> => {
      this.#callsOf(token);
      return this.#begin<OpenedStream<P>>(subject, "stream");
    };
    return callStream<P>(
      {
        clock: this.clock,
        keepAlive: this.#keepAlive,
        begin,
        begun: (stream) => this.#underWay.add(stream),
        ended: (stream) => void this.#leave(stream),
        attempted: (...told) => this.attempted(...told),
      },
      { calls, policy, options, task: openingOf(task), keepsAttempt: true },
    );
  }

  async runAll<R>(
    token: AnyPluginType,
    task: RunTask<object, R>,
    options: RunOptions = noOptions,
  ): Promise<ItemResult<R>[]> {
    const { reads } = this.#options;
    const calls = this.#callsFor(reads.registered(token));
    const policy = policyOf(calls, options);
    const call = async (item: PluginItem): Promise<ItemResult<R>> => {
      const candidates: Candidates = {
        next: (tried) => (tried.has(item.id) ? undefined : item),
        explain: () => calls.explain().filter((one) => one.item.id === item.id),
      };
      try {
        const { result } = this.#begin<R>({ calls, policy, options, task, candidates }, "runAll");
        return { item, status: "fulfilled", value: await result };
      } catch (error) {
        const reason = error instanceof AllPluginsFailedError ? error.errors.at(-1)?.error : error;
        return { item, status: "rejected", reason };
      }
    };
    return Promise.all(reads.active(calls.type).map(call));
  }

  lease(item: PluginItem): CallLease | undefined {
    return this.#options.instances.lease(item, "call");
  }

  leaseAgain({ id }: PluginItem, isLast: () => boolean): CallLease | undefined {
    const { reads, instances } = this.#options;
    const item = reads.item(id);
    if (item === undefined || statusInForce(item) === "disable" || item.hold) return undefined;
    const readiness = instances.readiness(item);
    // A timer may be early by less than a millisecond.
    const isAside =
      readiness.kind === "cooling" &&
      (readiness.until === undefined || readiness.until - this.clock.now() >= 1);
    return isAside && !isLast() ? undefined : this.lease(item);
  }

  receipt(item: PluginItem, began: number): string {
    return this.#receipts.write(item, began);
  }

  /** @throws InvalidReceiptError, InvalidOptionError, ClosedError */
  report(receipt: string, outcome: ReportedOutcome): void {
    const { reads, instances } = this.#options;
    const reported = checkReported(outcome);
    const { item, began } = this.#receipts.read(receipt, (id) => reads.item(id));
    instances.recordLater(item, reported, began, reads.typeOf(item).policy.circuit);
  }

  attempted(options: RunOptions, attempt: Attempt, outcome: AttemptReport["outcome"], error?: unknown): void {
    if (outcome !== "aborted") this.#options.counter?.attempted(attempt, outcome);
    tellAttempt(options, attempt, outcome, error);
  }

  rescued(failed: readonly { readonly item: PluginItem }[], by: PluginItem): void {
    for (const { item } of failed) if (item.id !== by.id) this.#options.counter?.rescued(item);
  }

  late(attempt: Attempt, end: AttemptEnd, isStream: boolean): Promise<void> | undefined {
    const { item, runId, durationMs, lease } = attempt;
    const about = { item, attempt: attempt.attempt, runId, durationMs };
    if ("value" in end) {
      this.#options.emitter.emit("late", { ...about, status: "fulfilled" });
      return isStream ? endStream(end.value as OpenedStream<unknown>) : undefined;
    }
    const error = hideInError(end.error, lease.secrets);
    this.#options.emitter.emit("late", { ...about, status: "rejected", error });
    return undefined;
  }

  ended(call: Stoppable): void {
    if (this.#leave(call)) this.#keepAlive.release();
  }

  /**
   * Waits for the calls that are under way; those that take longer than `untilToldMs` are told by their signals, and
   * have `toEndMs` to come to an end.
   */
  async close(untilToldMs: number, toEndMs: number): Promise<void> {
    if (!this.#underWay.isEmpty) {
      const quiet = new Promise<void>((resolve) => {
        this.#onQuiet = resolve;
      });
      await this.#within(quiet, untilToldMs);
    }
    const told = this.#underWay.toArray().map((call) => call.stop(new ClosedError()));
    await this.#within(Promise.allSettled(told), toEndMs);
    this.limitSweep.end();
    this.#keepAlive.end();
  }

  #within(work: Promise<unknown>, ms: number): Promise<unknown> {
    return within(work, { clock: this.clock, ms, late: "ending the calls" }).catch(() => undefined);
  }

  #begin<R>(
    subject: RunSubject,
    kind: CallWay["kind"],
    method?: string,
    input?: readonly unknown[],
  ): Begun<R> {
    const { calls, options } = subject;
    if (calls.hooks.length === 0 && options.hooks === undefined && !this.watchers.isWatching) {
      return this.beginRun(subject);
    }
    const seen = new SeenCall(this, subject, { kind, method, input });
    this.#underWay.add(seen);
    this.#keepAlive.hold();
    return { run: seen, result: seen.start<R>(), seen };
  }

  /** The run alone. */
  beginRun<R>(subject: RunSubject): Begun<R> {
    let run: Run<R> | undefined;
    if (this.#circuits.hasElsewhere) this.#circuits.want(subject.calls.type);
    const result = new Promise<R>((resolve, reject) => {
      run = new Run(this, subject, resolve, reject);
      this.#underWay.add(run);
      this.#keepAlive.hold();
      run.start();
    });
    return { run: run as Run<R>, result };
  }

  /** Whether it was under way. */
  #leave(call: Stoppable): boolean {
    const wasUnderWay = this.#underWay.delete(call);
    if (wasUnderWay && this.#underWay.isEmpty) this.#onQuiet();
    return wasUnderWay;
  }

  /** By the registered type that a token stands for, which is asked for as a call that selects asks. */
  #callsOf(token: AnyPluginType): TypeCalls {
    const { reads } = this.#options;
    const known = reads.isClosed ? undefined : this.#types.get(token);
    return known ?? this.#callsFor(reads.selecting(token));
  }

  #callsFor(type: AnyPluginType): TypeCalls {
    const known = this.#types.get(type);
    if (known) return known;
    const calls = new TypeCalls(type, this.#options.reads, this.#options.hooks ?? noHooks);
    this.#types.set(type, calls);
    return calls;
  }
}

/** @throws UnknownOptionError, InvalidOptionError */
function policyOf({ type }: TypeCalls, options: RunOptions): ResolvedPolicy {
  if (options === noOptions) return type.policy;
  checkRunOptions(options);
  return resolvePolicy(type.policy, options);
}
