/** A plugin that a process has in its code. */
export interface KnownPlugin {
  readonly manager: string;
  readonly type: string;
  readonly module: string;
  readonly name: string;
}

/** A process that serves from this namespace, as it last said. */
export interface ProcessRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** The application's version, as it was opened with; `""` where it was not said. */
  readonly version: string;
  readonly state: string;
  readonly transport: string;
  readonly revision: number;
  readonly plugins: readonly KnownPlugin[];
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
