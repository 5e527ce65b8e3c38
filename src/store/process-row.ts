/** A plugin that a process has in its code. */
export interface KnownPlugin {
  readonly manager: string;
  readonly type: string;
  readonly module: string;
  readonly name: string;
}

export const servedHows = ["first-choice", "lower-choice", "reserve", "last-resort", "none"] as const;

/**
 * How the item that serves a type in a process came to it:
 * - `first-choice`: it is what would be chosen were every item well: the first active one, or what the type's selector
 *   says then.
 * - `lower-choice`: another active one, because the first choice is in trouble.
 * - `reserve`: one in reserve, whether there are active ones or not.
 * - `last-resort`: one that was put aside, for calls, checks or its new config failed, because nothing better is left.
 * - `none`: nothing serves.
 */
export type ServedHow = (typeof servedHows)[number];

/**
 * What serves a type in a process. Of a type nothing is said where no item is in use, where the process does not have it
 * in its code, and where a selector decides by arguments, or throws without any.
 */
export interface ServedType {
  /** The type's id. */
  readonly typeId: string;
  /** The item that serves; null where none does. */
  readonly itemId: string | null;
  /** How it came to that. */
  readonly how: ServedHow;
  /** ISO 8601, UTC, by the process's own clock: since when it is so. */
  readonly since: string;
}

/**
 * What is wrong with an item in use, in one process.
 * - `failed`: it could not be made ready, or does not pass its health checks.
 * - `misconfigured`: its config is refused by the plugin's schema, cannot be brought forward, or has a secret that cannot
 *   be read.
 * - `circuit`, `unauthorized`, `exhausted`: it gets no calls, because those before failed, because its credentials were
 *   refused, or because its provider said when to come again.
 * - `held`: an operator put it aside.
 * - `missing`: the process has the type in its code, but not the item's plugin.
 */
export type TroubleState =
  | "failed"
  | "misconfigured"
  | "circuit"
  | "unauthorized"
  | "exhausted"
  | "held"
  | "missing";

/** An item in use that cannot serve as it should, as a process says of itself. */
export interface ReportedTrouble {
  /** The item's id. */
  readonly itemId: string;
  /** What is wrong. */
  readonly state: TroubleState;
  /** ISO 8601, UTC, by the process's own clock: since when it is in this state. */
  readonly since: string;
  /** The last error without secrets, or why an operator put it aside; at most 500 characters. null: nothing is known. */
  readonly message: string | null;
  /** How many of its calls failed in a row; 0 where calls have no part in it. */
  readonly failedCalls: number;
  /** ISO 8601, UTC, by the process's own clock: when it comes back by itself; null where that is not known. */
  readonly until: string | null;
}

/** A process that serves from this namespace, as it last said. */
export interface ProcessRow {
  /** Random, and new with every start. */
  readonly id: string;
  /** The name of its host. */
  readonly host: string;
  /** Its process id on that host. */
  readonly pid: number;
  /** The application's version, as it was opened with; `""` where it was not said. */
  readonly version: string;
  /** How it stands with the database: the `kind` of its `state`. */
  readonly state: string;
  /** How it hears of changes. */
  readonly transport: string;
  /** The revision of the snapshot that it serves from. */
  readonly revision: number;
  /** The plugins that it has in its code. */
  readonly plugins: readonly KnownPlugin[];
  /** Whether it says what serves in it: code before that did leaves `serves` empty, and of `troubles` tells what failed. */
  readonly saysWhatServes: boolean;
  /** What serves in it, by type. */
  readonly serves: readonly ServedType[];
  /** What it found wrong with items in use. */
  readonly troubles: readonly ReportedTrouble[];
  /** ISO 8601, UTC, by the process's own clock. */
  readonly startedAt: string;
  /** ISO 8601, UTC, by the database's clock. */
  readonly seenAt: string;
  /** Milliseconds since then, by the database's clock. */
  readonly seenAgoMs: number;
}

/** What a process found about types and items. */
export type ProcessReport = Pick<ProcessRow, "serves" | "troubles">;

/** What a process says of itself again and again. */
export type ProcessNote = Omit<
  ProcessRow,
  "plugins" | "saysWhatServes" | keyof ProcessReport | "seenAt" | "seenAgoMs"
>;

/** What may be long, and is written only where it has to be: thousands of plugins, at times, and of types. */
export interface ProcessNews {
  readonly hasNewPlugins: boolean;
  readonly plugins: () => readonly KnownPlugin[];
  readonly hasNewReport: boolean;
  readonly report: () => ProcessReport;
  /** Whether the other processes are told at once that there is something to read. */
  readonly tellsFleet: boolean;
}

/** What says how long a process has not been heard of. */
export interface Seen {
  readonly seen_at: string;
  readonly expires_at: number | null;
  /** The database's time. */
  readonly now: number;
}
