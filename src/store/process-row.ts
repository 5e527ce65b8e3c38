/** A plugin that a process has in its code. */
export interface KnownPlugin {
  readonly manager: string;
  readonly type: string;
  readonly module: string;
  readonly name: string;
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
  /** The items that it could not make ready, each with the reason. */
  readonly failures: readonly { readonly itemId: string; readonly message: string }[];
  /** ISO 8601, UTC, by the process's own clock. */
  readonly startedAt: string;
  /** ISO 8601, UTC, by the database's clock. */
  readonly seenAt: string;
  /** Milliseconds since then, by the database's clock. */
  readonly seenAgoMs: number;
}

/** What a process says of itself again and again; its plugins only when there is news of them. */
export type ProcessNote = Omit<ProcessRow, "plugins" | "seenAt" | "seenAgoMs">;

/** The plugins of a process: thousands, at times, so they are written only where they have to be. */
export interface PluginNews {
  readonly hasChanged: boolean;
  readonly plugins: () => readonly KnownPlugin[];
}

/** What says how long a process has not been heard of. */
export interface Seen {
  readonly seen_at: string;
  readonly expires_at: number | null;
  /** The database's time. */
  readonly now: number;
}
