import type { PluginItem } from "../definition/plugin-item.ts";
import type { CallLease } from "../instances/lease.ts";
import type { Clock } from "../time/clock.ts";
import type { Attempt, AttemptEnd } from "./attempt.ts";
import type { LimitSweep } from "./limit-sweep.ts";
import type { Linked } from "./linked-list.ts";
import type { AttemptReport, RunOptions } from "./run-options.ts";

/** What calls are made with. */
export interface CallParts {
  readonly clock: Clock;
  readonly limitSweep: LimitSweep;
  /** Takes an item's instance into use; undefined when it has none any more. */
  lease(item: PluginItem): CallLease | undefined;
  /**
   * As `lease`, for one more call of an item that had one: undefined where it has been put out of use since, or aside
   * and is not the last that is left.
   */
  leaseAgain(item: PluginItem, isLast: () => boolean): CallLease | undefined;
  /** What `plugbay.report` knows a call of an item by that began then, in epoch milliseconds. */
  receipt(item: PluginItem, began: number): string;
  /** Hears how an attempt went, when it is over. `error`: without secrets. */
  attempted(options: RunOptions, attempt: Attempt, outcome: AttemptReport["outcome"], error?: unknown): void;
  /** Hears at whose items attempts failed before a run succeeded by this one. */
  rescued(failed: readonly { readonly item: PluginItem }[], by: PluginItem): void;
  /** Hears of what came of an attempt that was given up. `isStream`: what it brought is to be ended, until when its instance is in use. */
  late(attempt: Attempt, end: AttemptEnd, isStream: boolean): Promise<void> | undefined;
  /** Hears that something which `stop` would end is over. */
  ended(call: Stoppable): void;
}

/** A call that is under way. */
export interface Stoppable extends Linked<Stoppable> {
  /** Ends it at once, with that error. What it returns resolves when nothing uses its instance any more. */
  stop(reason: unknown): Promise<unknown> | undefined;
}

/** A call that opens a stream. */
export interface Opening extends Stoppable {
  /** The one that is under way, or whose stream is. */
  readonly attempt: Attempt | undefined;
}
