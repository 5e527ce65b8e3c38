import { InvalidOptionError } from "../definition/errors.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { CallLease } from "../instances/lease.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import { NoPluginAvailableError } from "../serving/errors.ts";
import type { Clock } from "../time/clock.ts";
import type { Closing } from "../time/closing.ts";
import { within } from "../time/deadline.ts";
import { AllPluginsFailedError, RunTimeoutError } from "./errors.ts";

/** What a task of `run` is told beside the implementation. */
export interface RunContext {
  /** The item whose implementation it is. */
  readonly item: PluginItem;
  /** 1 for the first implementation tried. */
  readonly attempt: number;
  /** Aborted when the attempt has run out of time, or the caller's signal is aborted. */
  readonly signal: AbortSignal;
}

/** What `run` does with an implementation. */
export type RunTask<T, R> = (implementation: T, context: RunContext) => R | Promise<R>;

/** How a `run` goes. Args are what the type's selector takes. */
export interface RunOptions<Args extends readonly unknown[] = readonly unknown[]> {
  /** The time that each attempt has, in milliseconds. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Ends the run: no further implementation is tried. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether another implementation shall be tried after this error. Default: after every error. It gets the error
   * as it was thrown, and so does the caller of `run` where it is refused: it may tell secrets of the config.
   */
  readonly failover?: ((error: unknown) => boolean) | undefined;
  /** The arguments of the type's selector. They may be left out where the selector can do without. */
  readonly args?: Args | undefined;
}

const optionNames: OptionNames<RunOptions> = { timeoutMs: true, signal: true, failover: true, args: true };

/** @throws UnknownOptionError, InvalidOptionError */
export const checkRunOptions = (options: RunOptions): void => checkKnown("run", options, optionNames);

interface RunParts {
  readonly clock: Clock;
  /** Aborted when plugbay will not wait any longer. */
  readonly closing: Closing;
  /** The next candidate; `tried` are the ids of those before it. */
  readonly next: (tried: ReadonlySet<string>) => PluginItem | undefined;
  readonly lease: (item: PluginItem) => CallLease | undefined;
  readonly explain: () => ItemExplanation[];
  /** Hears of work that is told to end because plugbay closes. */
  readonly onToldToEnd: (work: Promise<unknown>) => void;
}

/** Tries one candidate after the other until the task succeeds with one. */
export async function runWithFailover<R>(
  type: TypeIdentity,
  task: RunTask<object, R>,
  options: RunOptions,
  parts: RunParts,
): Promise<R> {
  const { timeoutMs, signal, failover = () => true } = options;
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    throw new InvalidOptionError("timeoutMs", timeoutMs, "it is a number of milliseconds above 0");
  }
  const tried = new Set<string>();
  const errors: { item: PluginItem; error: unknown }[] = [];
  for (;;) {
    signal?.throwIfAborted();
    let item: PluginItem | undefined;
    try {
      item = parts.next(tried);
    } catch (error) {
      if (errors.length === 0) throw error;
      throw new AllPluginsFailedError(type, errors, error);
    }
    if (item === undefined) break;
    tried.add(item.id);
    const lease = parts.lease(item);
    if (lease === undefined) continue;
    try {
      const result = await attempt(lease, task, { item, attempt: errors.length + 1 }, options, parts);
      lease.report(true);
      return result;
    } catch (error) {
      if (signal?.aborted || parts.closing.hasBegun || !failover(error)) throw error;
      lease.report(false);
      errors.push({ item, error: hideInError(error, lease.secrets) });
    }
  }
  if (errors.length === 0) throw new NoPluginAvailableError(type, parts.explain());
  throw new AllPluginsFailedError(type, errors);
}

/** The instance is in use until the task has ended, which may be long after its time. */
async function attempt<R>(
  lease: CallLease,
  task: RunTask<object, R>,
  about: { readonly item: PluginItem; readonly attempt: number },
  { timeoutMs, signal }: RunOptions,
  { clock, closing, onToldToEnd }: RunParts,
): Promise<R> {
  const controller = new AbortController();
  const perform = async () => task(lease.instance, { ...about, signal: controller.signal });
  const work = perform().finally(() => lease.release());
  return within(work, {
    clock,
    ms: timeoutMs,
    late: () => new RunTimeoutError(about.item, timeoutMs ?? 0),
    signal,
    stop: closing,
    onGivenUp: (reason) => {
      controller.abort(reason);
      if (closing.hasBegun) onToldToEnd(work);
    },
  });
}
