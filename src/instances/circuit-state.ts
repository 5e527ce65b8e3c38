/** Why an item gets no calls for a while, though its instance is there. */
export interface Aside {
  /** Calls of it failed, its credentials were refused, or its provider said when to come again. */
  readonly reason: "circuit" | "unauthorized" | "exhausted";
  /** Until when, in epoch milliseconds; undefined: until its config changes or an operator releases it. */
  readonly until: number | undefined;
}

/**
 * - `closed`: calls go through.
 * - `open`: it is left alone until `until`.
 * - `half-open`: one call may try it.
 * - `probing`: that call is under way. `until` is when another one may try, should it never end.
 *
 * `coolingMs` is how long it was left alone the last time. Times are epoch milliseconds.
 */
export type CircuitState =
  | { readonly kind: "closed" }
  | { readonly kind: "open" | "probing"; readonly until: number; readonly coolingMs: number }
  | { readonly kind: "half-open"; readonly coolingMs: number };

/** A moment, as it is waited for and as it is shown. */
export interface Moment {
  /** By `Clock.monotonic`. */
  readonly at: number;
  /** By `Clock.now`. */
  readonly until: number;
}

/** The later of two moments, of which none need be there. */
export const later = (one: Moment | undefined, other: Moment | undefined): Moment | undefined =>
  one === undefined || (other !== undefined && other.at > one.at) ? other : one;
