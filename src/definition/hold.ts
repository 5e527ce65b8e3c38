/** An operator put an item aside: it gets no calls until the hold ends, or is released. */
export interface Hold {
  /** Why, in the operator's words. */
  readonly reason: string;
  /** ISO 8601, UTC: when the item comes back by itself; absent where only a release brings it back. */
  readonly until?: string | undefined;
  /** Who put it aside. */
  readonly by: string;
  /** ISO 8601, UTC: since when it has been held. */
  readonly since: string;
}

type MaybeHold = Hold | null | undefined;

/** When a hold ends, in epoch milliseconds; undefined where only a release ends it. */
export const endOf = ({ until }: Hold): number | undefined =>
  until === undefined ? undefined : Date.parse(until);

/** The hold, unless it has ended by a time of day in epoch milliseconds. */
export function holdAt(hold: MaybeHold, now: number): Hold | null {
  const end = hold ? endOf(hold) : undefined;
  return hold && (end === undefined || end > now) ? hold : null;
}

/** Whether two holds, or their absence, say the same. */
export const isSameHold = (one: MaybeHold, other: MaybeHold): boolean =>
  one && other
    ? one.reason === other.reason &&
      one.until === other.until &&
      one.by === other.by &&
      one.since === other.since
    : !one && !other;
