import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Instances } from "../instances/instances.ts";
import type { Reads } from "../serving/reads.ts";
import { ClosedError } from "../store/errors.ts";
import type { Clock } from "../time/clock.ts";
import { Closing } from "../time/closing.ts";
import { within } from "../time/deadline.ts";
import { KeepAlive } from "../time/keep-alive.ts";
import { checkRunOptions, type RunOptions, type RunTask, runWithFailover } from "./run.ts";

/** The calls that are under way. */
export class Calls {
  readonly #clock: Clock;
  readonly #reads: Reads;
  readonly #instances: Instances;
  readonly #runs = new Set<Promise<unknown>>();
  /** What was told to end and has not yet. */
  readonly #ending = new Set<Promise<unknown>>();
  readonly #closing = new Closing();
  readonly #keepAlive = new KeepAlive();

  constructor(clock: Clock, reads: Reads, instances: Instances) {
    this.#clock = clock;
    this.#reads = reads;
    this.#instances = instances;
  }

  run<R>(type: AnyPluginType, task: RunTask<object, R>, options: RunOptions): Promise<R> {
    const run = this.#run(type, task, options);
    this.#keepAlive.hold();
    note(this.#runs, run, () => this.#keepAlive.release());
    return run;
  }

  /**
   * Waits for the calls that are under way; those that take longer than `untilToldMs` are told by their signals, and
   * have `toEndMs` to come to an end.
   */
  async close(untilToldMs: number, toEndMs: number): Promise<void> {
    await this.#allOf(this.#runs, untilToldMs);
    this.#closing.begin(new ClosedError());
    await this.#allOf(this.#ending, toEndMs);
    this.#keepAlive.end();
  }

  async #allOf(calls: ReadonlySet<Promise<unknown>>, ms: number): Promise<void> {
    const limit = { clock: this.#clock, ms, late: "ending the calls" };
    await within(Promise.allSettled(calls), limit).catch(() => undefined);
  }

  async #run<R>(token: AnyPluginType, task: RunTask<object, R>, options: RunOptions): Promise<R> {
    const reads = this.#reads;
    const type = reads.selecting(token);
    checkRunOptions(options);
    const args = options.args ?? [];
    return runWithFailover(type, task, options, {
      clock: this.#clock,
      closing: this.#closing,
      next: (tried) => reads.select(type, args, tried),
      onToldToEnd: (work) => note(this.#ending, work),
      lease: (item) => this.#instances.lease(item),
      explain: () => reads.explanation(type, undefined),
    });
  }
}

/** Keeps a promise until it has settled. */
function note(promises: Set<Promise<unknown>>, promise: Promise<unknown>, settled?: () => void): void {
  promises.add(promise);
  const forget = (): void => {
    promises.delete(promise);
    settled?.();
  };
  promise.then(forget, forget);
}
