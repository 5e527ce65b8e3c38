import type { PluginItem } from "../definition/plugin-item.ts";
import type { CallLease } from "../instances/lease.ts";
import type { Clock } from "../time/clock.ts";
import type { Attempt } from "./attempt.ts";
import type { Linked } from "./linked-list.ts";

/** What calls are made with. */
export interface CallParts {
  readonly clock: Clock;
  /** Takes an item's instance into use; undefined when it has none any more. */
  lease(item: PluginItem): CallLease | undefined;
  /** What `plugbay.report` knows a call of an item by that began then, in epoch milliseconds. */
  receipt(item: PluginItem, began: number): string;
  /** Hears of what came of an attempt that was given up. `isStream`: what it brought is to be ended. */
  late(
    attempt: Attempt,
    end: { readonly value: unknown } | { readonly error: unknown },
    isStream: boolean,
  ): void;
  /** Hears that something which `stop` would end is over. */
  ended(call: Stoppable): void;
}

/** A call that is under way. */
export interface Stoppable extends Linked<Stoppable> {
  readonly attempt: Attempt | undefined;
  /** Ends it at once, with that error. What it returns resolves when nothing uses its instance any more. */
  stop(reason: unknown): Promise<unknown> | undefined;
}
