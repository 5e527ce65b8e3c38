import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Instances } from "../instances/instances.ts";
import type { Reads } from "../serving/reads.ts";
import { ClosedError } from "../store/errors.ts";
import type { Clock } from "../time/clock.ts";
import { Closing } from "../time/closing.ts";
import { within } from "../time/deadline.ts";
import { checkRunOptions, type RunOptions, type RunTask, runWithFailover } from "./run.ts";

/** The calls that are under way. */
export class Calls {
  readonly #clock: Clock;
  readonly #reads: Reads;
  readonly #instances: Instances;
  readonly #runs = new Set<Promise<unknown>>();
  readonly #closing = new Closing();

  constructor(clock: Clock, reads: Reads, instances: Instances) {
    this.#clock = clock;
    this.#reads = reads;
    this.#instances = instances;
  }

  run<R>(type: AnyPluginType, task: RunTask<object, R>, options: RunOptions): Promise<R> {
    const run = this.#run(type, task, options);
    this.#runs.add(run);
    const done = () => this.#runs.delete(run);
    run.then(done, done);
    return run;
  }

  /** Waits for the calls that are under way, but not for long; those that are left are told. */
  async close(limitMs: number): Promise<void> {
    const ended = Promise.allSettled(this.#runs);
    await within(ended, { clock: this.#clock, ms: limitMs, late: "ending the calls" }).catch(() => undefined);
    this.#closing.begin(new ClosedError());
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
      lease: (item) => this.#instances.lease(item),
      explain: () => reads.explanation(type, undefined),
    });
  }
}
