/**
 * What this process found about an item:
 * - `ready`: an instance is at hand, or can be made at once.
 * - `making`: its instance is being made, for the first time or after its config changed, and nothing is there yet that
 *   could serve for it.
 * - `failed`: it could not be made, or fails its health checks; `retryAt` (epoch milliseconds) is about
 *   when that is tried again.
 * - `missing`: this process has no such plugin registered.
 * - `cooling`: it is left alone until `until` (epoch milliseconds), because its calls fail, its credentials were refused,
 *   or its provider said when to come again.
 * - `held`: an operator put it aside until `until` (epoch milliseconds), or where that is undefined, until it is released.
 * - `idle`: the item is disabled or retired, so nothing was made.
 */
export type Readiness =
  | { readonly kind: "ready" }
  | { readonly kind: "making" }
  | {
      readonly kind: "failed";
      /** Why it failed. */
      readonly error: Error;
      /** About when it is tried again, in epoch milliseconds. */
      readonly retryAt: number;
    }
  | { readonly kind: "missing" }
  | {
      readonly kind: "cooling";
      /** Why: calls of it failed, its credentials were refused, or its provider said when to come again. */
      readonly reason: "circuit" | "unauthorized" | "exhausted";
      /** Until when, in epoch milliseconds; undefined: until its config changes or an operator releases it. */
      readonly until: number | undefined;
      /** The failures that led to this. */
      readonly failures?: CallFailures;
    }
  | {
      readonly kind: "held";
      /** Until when it is put aside, in epoch milliseconds; undefined: until somebody releases it. */
      readonly until: number | undefined;
      /** Why, in the operator's words. */
      readonly reason: string;
      /** Who put it aside. */
      readonly by: string;
    }
  | { readonly kind: "idle" };

/** The failures of an item's calls since its last success. */
export interface CallFailures {
  /** How many in a row. */
  readonly count: number;
  /** The last one's error, without secrets; undefined where only `plugbay.report` told of it. */
  readonly error: unknown;
  /** When that was, in epoch milliseconds. */
  readonly at: number;
}
