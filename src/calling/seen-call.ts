import { randomUUID } from "node:crypto";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Clock } from "../time/clock.ts";
import { type Stop, within } from "../time/deadline.ts";
import type { Attempt } from "./attempt.ts";
import { CallHooks, type EndTold } from "./call-hooks.ts";
import type { Opening, Stoppable } from "./call-parts.ts";
import { RunTimeoutError } from "./errors.ts";
import type { AttemptReport, RunOptions } from "./run-options.ts";
import type { RunSubject } from "./run-subject.ts";
import type { WatchedCall, WatchedSight, Watchers } from "./watchers.ts";

/** Which way a call came; of `service`, with its method and what that was given. */
export interface CallWay {
  readonly kind: WatchedCall["kind"];
  readonly method: string | undefined;
  readonly input: readonly unknown[] | undefined;
}

/** A run that was begun, and where it has hooks or is watched, what surrounds it. */
export interface Begun<R> {
  readonly run: Opening;
  readonly result: Promise<R>;
  readonly seen?: SeenCall;
}

export interface SeenCallParts {
  readonly clock: Clock;
  readonly watchers: Watchers;
  /** Begins the run. */
  beginRun<R>(subject: RunSubject): Begun<R>;
  /** The call is over, or its stream has its first part. */
  ended(call: Stoppable): void;
}

/** What a call failed with, as its caller gets it, and without secrets. */
interface Failure {
  readonly error: unknown;
  readonly shown: unknown;
}

const noArgs: readonly unknown[] = [];

/**
 * A call that has hooks, or is watched: what surrounds its run. Calls that have neither are their runs alone, and know
 * nothing of this.
 */
export class SeenCall implements Opening, Stop {
  before: Stoppable | undefined = undefined;
  after: Stoppable | undefined = undefined;
  /** The run's subject, from which this call hears of its attempts. */
  readonly subject: RunSubject;
  readonly #parts: SeenCallParts;
  readonly #began: number;
  readonly #sight: WatchedSight;
  readonly #hooks: CallHooks | undefined;
  #run: Opening | undefined;
  #attempts = 0;
  #last: AttemptReport | undefined;
  /** Ends the wait for hooks. */
  #interrupt: ((reason: unknown) => void) | undefined;

  constructor(parts: SeenCallParts, subject: RunSubject, { kind, method, input }: CallWay) {
    const { calls, options, task } = subject;
    const { manager, name } = calls.type;
    const type = { manager, name };
    const runId = randomUUID();
    this.#parts = parts;
    this.#began = parts.clock.monotonic();
    this.#sight = parts.watchers.begin({ type, runId, kind, method });
    const hooks = [...calls.hooks, ...(options.hooks ?? [])];
    if (hooks.length > 0) {
      const service = kind === "service" ? { method, input } : undefined;
      this.#hooks = new CallHooks(hooks, { type, runId, args: options.args ?? noArgs, kind, ...service });
    }
    this.subject = {
      ...subject,
      call: { runId, began: this.#began },
      options: { ...options, onAttempt: (report) => this.#attempted(report, options.onAttempt) },
      task: (implementation, context) => {
        this.#attempts += 1;
        return this.#sight.attempt(context.item, context.attempt, () => task(implementation, context));
      },
    };
  }

  get attempt(): Attempt | undefined {
    return this.#run?.attempt;
  }

  /** The call, to its end; of a stream, to its first part. */
  start<R>(): Promise<R> {
    return this.#sight.within(() => this.#go<R>());
  }

  stop(reason: unknown): Promise<unknown> | undefined {
    this.#interrupt?.(reason);
    return this.#run?.stop(reason);
  }

  /** For what is waited for besides the run. */
  onStop(listener: (reason: unknown) => void): () => void {
    this.#interrupt = listener;
    return () => {
      this.#interrupt = undefined;
    };
  }

  /** A stream has come to its end; `failure`: it broke off. Its consumer has all that it gets. */
  streamEnded(failure?: Failure): void {
    void this.#endStream(failure);
  }

  async #go<R>(): Promise<R> {
    try {
      if (this.#hooks) await this.#wait(this.#hooks.before());
      const { run, result } = this.#parts.beginRun<R>(this.subject);
      this.#run = run;
      const value = await result;
      if (!this.subject.keepsAttempt) {
        if (this.#hooks) await this.#after(this.#hooks, value);
        this.#end({ value });
      }
      return value;
    } catch (error) {
      // What ended a run is thrown as it came; its attempt has it without secrets.
      const isRejected = this.#last?.outcome === "rejected";
      this.#end({ error, shown: isRejected ? this.#last?.error : error });
      throw error;
    } finally {
      this.#parts.ended(this);
    }
  }

  async #endStream(failure: Failure | undefined): Promise<void> {
    if (failure) return this.#end(failure);
    try {
      if (this.#hooks) await this.#after(this.#hooks, undefined);
      this.#end({ value: undefined });
    } catch (error) {
      this.#end({ error, shown: error });
    }
  }

  #after(hooks: CallHooks, value: unknown): Promise<void> {
    return this.#wait(hooks.after({ status: "fulfilled", ...this.#known(), value }));
  }

  /** Waits for hooks, as long as the call may take. */
  async #wait(work: Promise<void> | undefined): Promise<void> {
    if (work === undefined) return;
    const { clock } = this.#parts;
    const { policy, options } = this.subject;
    const { deadlineMs } = policy;
    await within(work, {
      clock,
      ms: deadlineMs === undefined ? undefined : Math.max(0, deadlineMs - this.#known().durationMs),
      late: () => new RunTimeoutError(undefined, "deadlineMs", deadlineMs ?? 0),
      signal: options.signal,
      stop: this,
    });
  }

  #attempted(report: AttemptReport, tell: RunOptions["onAttempt"]): unknown {
    this.#last = report;
    this.#sight.attempted(report);
    return tell?.(report);
  }

  #known(): {
    readonly item: PluginItem | undefined;
    readonly attempts: number;
    readonly durationMs: number;
  } {
    const { clock } = this.#parts;
    return { item: this.#last?.item, attempts: this.#attempts, durationMs: clock.monotonic() - this.#began };
  }

  #end(end: { readonly value: unknown } | Failure): void {
    const known = this.#known();
    const failure = "error" in end ? { error: end.shown } : undefined;
    this.#sight.ended({ ...known, failure });
    const told: EndTold =
      "error" in end
        ? { status: "rejected", ...known, error: end.error }
        : { status: "fulfilled", ...known, value: end.value };
    this.#hooks?.over(told);
  }
}
