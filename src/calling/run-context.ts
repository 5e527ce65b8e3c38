import type { PluginItem } from "../definition/plugin-item.ts";

/** What a task of `run` is told beside the implementation. */
export interface RunContext {
  /** The item whose implementation it is. */
  readonly item: PluginItem;
  /** 1 for the first attempt of the run, at whichever item. */
  readonly attempt: number;
  /** The same for all attempts of a run: a UUID. */
  readonly runId: string;
  /**
   * What a provider knows a repeated request by: the same for each attempt of a run at one item, different between
   * items. Of letters, digits and hyphens, at most 48, so it is fit for a header.
   *
   * @example
   * gateway.charge(order, { headers: { "Idempotency-Key": idempotencyKey } });
   */
  readonly idempotencyKey: string;
  /** A short text to be stored with what was done, for `plugbay.report` later. Fit for a URL. */
  readonly receipt: string;
  /**
   * Aborted when the attempt has run out of time, when the caller's signal is aborted, and when plugbay closes and has
   * waited for long enough.
   */
  readonly signal: AbortSignal;
  /** Says that something happens: `idleTimeoutMs` begins anew. After the end of the attempt it does nothing. */
  readonly progress: () => void;
}

/** What `run` does with an implementation. */
export type RunTask<T, R> = (implementation: T, context: RunContext) => R | PromiseLike<R>;
