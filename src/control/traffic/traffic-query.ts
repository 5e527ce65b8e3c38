/** How far back, and in which steps: the last hour by minutes, or the last 14 days by hours. */
export type TrafficRange = "hour" | "14d";

/** Of what traffic is asked for. */
export interface TrafficQuery {
  /** The id of a type. */
  readonly typeId: string;
  /** Default `hour`. */
  readonly range?: TrafficRange | undefined;
}

/** Whose last hour is asked for: types or items, by their ids; 200 at most. */
export interface RecentTrafficQuery {
  /** The ids of types. Default: none. */
  readonly typeIds?: readonly string[] | undefined;
  /** The ids of items. Default: none. */
  readonly itemIds?: readonly string[] | undefined;
}

/** What calls came to. */
export interface TrafficTotals {
  /** Attempts at items that came to an end: one that its caller gave up is none of them. */
  readonly calls: number;
  /** Those that did not succeed, for whatever reason. */
  readonly failures: number;
  /** Failures after which another item served the call. */
  readonly rescued: number;
}

/** The same, with what the failures were and how long calls took. */
export interface TrafficSummary extends TrafficTotals {
  /** Failures by outcome; those that there were. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** What half of the calls did not take longer than, in milliseconds, within 10 percent; null where there were none. */
  readonly p50: number | null;
  /** The same of 95 in 100 calls. */
  readonly p95: number | null;
}

/** What calls came to in each step, from the first to the last. */
export interface TrafficSteps {
  /** See `TrafficTotals`. */
  readonly calls: readonly number[];
  /** See `TrafficTotals`. */
  readonly failures: readonly number[];
  /** See `TrafficTotals`. */
  readonly rescued: readonly number[];
}

/** What each step is. */
export interface TrafficScale {
  /** When the first step begins: ISO 8601, UTC. */
  readonly since: string;
  /** How long a step is, in milliseconds. The last one is under way. */
  readonly stepMs: number;
}

/** The calls of one item, or all that went to items that are not told one by one. */
export interface ItemTraffic extends TrafficSteps {
  /** The item. */
  readonly itemId: string;
  /** All steps together. */
  readonly total: TrafficSummary;
}

/** The calls of a type. */
export interface Traffic extends TrafficScale, TrafficSteps {
  /** All steps together. */
  readonly total: TrafficSummary;
  /** What half of the calls of a step did not take longer than, in milliseconds; null where there were none. */
  readonly p50: readonly (number | null)[];
  /** The same of 95 in 100 calls. */
  readonly p95: readonly (number | null)[];
  /** By item, those with the most calls first; 50 at most. Items without calls are left out. */
  readonly items: readonly ItemTraffic[];
}

/** The last hour of types or items, as short as lists need it. */
export interface RecentTraffic extends TrafficScale {
  /** Those that had calls, by their ids. */
  readonly subjects: ReadonlyMap<string, RecentSubject>;
}

/** The last hour of a type or an item. */
export interface RecentSubject extends TrafficTotals {
  /** Calls by minute. */
  readonly byMinute: readonly number[];
  /** Failures by minute. */
  readonly failuresByMinute: readonly number[];
}

/** The last hour of all types together. */
export interface TrafficOverview extends TrafficScale, TrafficSteps {
  /** All steps together. */
  readonly total: TrafficSummary;
  /** The types with the most failures, the most first; 10 at most. */
  readonly troubled: readonly (TrafficTotals & {
    /** The type. */
    readonly typeId: string;
  })[];
}
