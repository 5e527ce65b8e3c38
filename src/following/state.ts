import type { Transport } from "../store/push-channel.ts";

interface Served {
  /** The revision of the snapshot that serves. */
  readonly revision: number;
  /** Milliseconds since the snapshot was last known to be what the database has. */
  readonly ageMs: number;
  /** How this process hears of changes. */
  readonly transport: Transport;
}

/**
 * How this process stands with the database: `live`, it answers; `stale`, it does not (since when and
 * why), and the last snapshot serves on; `bootstrapped`, it has not answered yet, and a snapshot made
 * from code or read from a file serves; `closed`.
 */
export type State =
  | ({ readonly kind: "live" } & Served)
  | ({
      readonly kind: "stale";
      /** Since when the database has not answered. */
      readonly since: Date;
      /** Why it does not: what the last attempt threw. */
      readonly cause: unknown;
    } & Served)
  | ({
      readonly kind: "bootstrapped";
      /** What the snapshot was made from. */
      readonly from: "code" | "file";
      /** Since when the database has not answered. */
      readonly since: Date;
      /** Why it does not: what the last attempt threw. */
      readonly cause: unknown;
    } & Served)
  | { readonly kind: "closed" };
