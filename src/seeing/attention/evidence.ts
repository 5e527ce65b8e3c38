import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { ProcessRow } from "../../store/process-row.ts";
import type { CircuitRow } from "../../store/stored-circuit.ts";

/** A key that secrets are encrypted with, and that somebody should do something about. */
export interface KeyInUse {
  readonly id: string;
  /** `old`: it is not the one that encrypts. `missing`: this process does not have it. */
  readonly use: "old" | "missing";
  /** How many items have secrets under it. */
  readonly items: number;
}

/** What is known of a fleet, and of what it shares. */
export interface Evidence {
  /** The time of day, in epoch milliseconds. */
  readonly now: number;
  readonly snapshot: Snapshot;
  /** The application's processes, without observers. */
  readonly processes: readonly ProcessRow[];
  /** What they found about items, and the database's time in epoch milliseconds. */
  readonly circuits: { readonly now: number; readonly rows: readonly CircuitRow[] };
  readonly keys: readonly KeyInUse[];
  readonly pendingMigrations: readonly string[];
  /** A process that was not heard of for so many milliseconds is silent. */
  readonly silentMs: number;
  /** ISO 8601, UTC: the beginning of what has no other. */
  readonly openedAt: string;
  /** The items in use whose plugins a process does not have. */
  readonly missesOf: (process: ProcessRow) => readonly PluginItem[];
  /** What names an item on the command line. */
  readonly operand: (item: PluginItem) => string;
  /** ISO 8601, UTC: when the first change after a revision was made; undefined where there is none. */
  readonly changedAfter: (revision: number) => string | undefined;
}
