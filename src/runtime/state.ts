interface Served {
  /** The revision of the snapshot that serves. */
  readonly revision: number;
  /** Milliseconds since the snapshot was last known to be what the database has. */
  readonly ageMs: number;
}

/**
 * How this process stands with the database: `live`, it answers; `stale`, it does not (since when and
 * why) and the last snapshot serves on; `closed`.
 */
export type State =
  | ({ readonly kind: "live" } & Served)
  | ({ readonly kind: "stale"; readonly since: Date; readonly cause: unknown } & Served)
  | { readonly kind: "closed" };
