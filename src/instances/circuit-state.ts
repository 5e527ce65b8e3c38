/** Why an item gets no calls for a while, though its instance is there. */
export interface Aside {
  /** Calls of it failed, its credentials were refused, or its provider said when to come again. */
  readonly reason: "circuit" | "unauthorized" | "exhausted";
  /** Until when, in epoch milliseconds; undefined: until its config changes or an operator releases it. */
  readonly until: number | undefined;
}

/** What this process found about an instance, in times from now: clocks of processes need not agree. */
export interface Finding {
  readonly circuit: FoundPhase;
  readonly isUnauthorized: boolean;
  /** For how long its provider wants to be left alone, in milliseconds; undefined where it does not. */
  readonly exhaustedMs: number | undefined;
}

/**
 * - `closed`: calls go through.
 * - `open`: it is left alone for `leftMs`.
 * - `half-open`: one call of this process may try it.
 * - `probing`: that call is under way; after `leftMs` another one may try, should it never end.
 * - `elsewhere`: another process has the right to try it.
 *
 * `coolingMs` is how long it was left alone the last time.
 */
export type FoundPhase =
  | { readonly kind: "closed" }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "open" | "half-open" | "probing"; readonly leftMs: number; readonly coolingMs: number };

/** What all processes together found about an instance. */
export interface SeenCircuit {
  /** undefined where calls go through. */
  readonly phase: SeenPhase | undefined;
  readonly isUnauthorized: boolean;
  readonly exhaustedMs: number | undefined;
}

export interface SeenPhase {
  readonly kind: "open" | "half-open" | "probing";
  /** How long it is left alone from now. */
  readonly leftMs: number;
  readonly coolingMs: number;
  /** Whether the right to try it then is this process's. */
  readonly isOurs: boolean;
  /** In how long that right may be taken over, where it is another's. */
  readonly claimableMs: number;
}

/** The other processes, as a circuit knows them. */
export interface CircuitFleet {
  /** This process found something about the instance. */
  found(): void;
  /**
   * A call would try the instance, and the right to do so can be asked for. `isWell`: a health check found that a call
   * may try it before its time.
   */
  wanted(isWell: boolean): void;
}

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
