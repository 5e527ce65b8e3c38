/** What calls came to. */
export interface TrafficCounts {
  readonly calls: number;
  /** By outcome, in the order of `failureKinds`. */
  readonly failures: readonly number[];
  /** Failures after which another item served the call. */
  readonly rescued: number;
  /** How many calls took how long: pairs of a bucket and its count, one after the other. */
  readonly durations: readonly number[];
}

/** The kinds of failures; new ones go to the end. */
export const failureKinds = [
  "retryable",
  "unsuitable",
  "rejected",
  "ambiguous",
  "unauthorized",
  "exhausted",
] as const;

/** What calls are counted for: an item, all of a type (`itemId` is `""`), or all there is (`typeId` is `""`, too). */
export interface TrafficSubject {
  readonly typeId: string;
  readonly itemId: string;
}

/** What a process has counted in a minute, or in an hour, so far. */
export interface TrafficNote extends TrafficSubject, TrafficCounts {
  /** `part`: an hour, of this process alone. */
  readonly unit: "minute" | "part";
  /** The beginning of the minute or hour, in epoch milliseconds, by the process's time of day. */
  readonly startsAt: number;
  /** Who counted it: random, and new with each start. Only its owner writes a row, so that rows of a minute never meet. */
  readonly writer: string;
  /** With the counts of all there is, the types that calls failed of: how many. */
  readonly troubled?: ReadonlyMap<string, number> | undefined;
}

/** What is read: of one minute or hour, by one process or by several. */
export interface TrafficRow extends TrafficSubject, TrafficCounts {
  readonly startsAt: number;
  readonly troubled: readonly (readonly [typeId: string, failures: number])[];
}

/** Calls and failures alone, of all processes together. */
export interface TrafficSum extends TrafficSubject {
  readonly startsAt: number;
  readonly calls: number;
  readonly failures: number;
  readonly rescued: number;
}
