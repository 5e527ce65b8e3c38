import { type Selectable, sql } from "kysely";
import type { DatabaseTime, Db } from "./dialect.ts";
import type { PluginLists } from "./plugin-lists.ts";
import type { TableNames } from "./table-names.ts";
import type { ProcessTable } from "./tables.ts";

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

/** The processes of a namespace, by one connection. */
export interface Processes {
  readonly db: Db;
  readonly time: DatabaseTime;
  readonly tables: TableNames;
  readonly namespace: string;
}

/** How long a process of older code, whose row does not say until when it counts, is taken to be alive. */
const unsaidMs = 120_000;

export async function saveProcess(
  processes: Processes,
  note: ProcessNote,
  { hasChanged, plugins }: PluginNews,
  aliveMs: number,
): Promise<void> {
  const { db, time, tables, namespace } = processes;
  const values = {
    ...toValues(note),
    namespace,
    seen_at: time.iso,
    expires_at: sql<number>`${time.ms} + ${sql.lit(Math.ceil(aliveMs))}`,
  };
  const whole = () => ({ ...values, plugins: JSON.stringify(plugins()) });
  const { numUpdatedRows } = await db
    .updateTable(tables.process)
    .set(hasChanged ? whole() : values)
    .where("id", "=", note.id)
    .executeTakeFirst();
  // A new one, or one that was frozen for so long that the others forgot it.
  if (numUpdatedRows === 0n) await db.insertInto(tables.process).values(whole()).execute();
  await removeExpired(processes);
}

/** One by one and by primary key, so that processes that clean up at once do not lock each other out. */
async function removeExpired({ db, time, tables, namespace }: Processes): Promise<void> {
  const due = await db
    .selectFrom(tables.process)
    .select(["id", "seen_at", "expires_at", time.ms.as("now")])
    .where("namespace", "=", namespace)
    .where((row) => row.or([row("expires_at", "is", null), row("expires_at", "<=", time.ms)]))
    .execute();
  for (const row of due) {
    if (!isExpired(row)) continue;
    // Unless it came back meanwhile.
    await db.deleteFrom(tables.process).where("id", "=", row.id).where("seen_at", "=", row.seen_at).execute();
  }
}

export async function removeProcess(db: Db, tables: TableNames, id: string): Promise<void> {
  await db.deleteFrom(tables.process).where("id", "=", id).execute();
}

export async function readProcesses(
  { db, time, tables, namespace }: Processes,
  pluginLists: PluginLists,
): Promise<ProcessRow[]> {
  const found = await db
    .selectFrom(tables.process)
    .select([
      ...(["id", "host", "pid", "version", "state", "transport"] as const),
      ...(["revision", "failures", "started_at", "seen_at", "expires_at"] as const),
    ])
    .select([sql<number | string>`octet_length(plugins)`.as("size"), time.ms.as("now")])
    .where("namespace", "=", namespace)
    .orderBy("host")
    .orderBy("pid")
    .orderBy("id")
    .execute();
  const rows = found.filter((row) => !isExpired(row));
  const lists = await pluginLists.read(db, tables, new Map(rows.map(({ id, size }) => [id, Number(size)])));
  return rows.map((row) => toRow(row, lists.get(row.id) ?? []));
}

interface Seen {
  readonly seen_at: string;
  readonly expires_at: number | null;
  /** The database's time. */
  readonly now: number;
}

const isExpired = ({ seen_at, expires_at, now }: Seen): boolean =>
  Number(now) >= (expires_at === null ? Date.parse(seen_at) + unsaidMs : Number(expires_at));

const toRow = (
  row: Omit<Selectable<ProcessTable>, "plugins" | "namespace"> & Seen,
  plugins: readonly KnownPlugin[],
): ProcessRow => ({
  id: row.id,
  host: row.host,
  pid: Number(row.pid),
  version: row.version,
  state: row.state,
  transport: row.transport,
  revision: Number(row.revision),
  plugins,
  failures: JSON.parse(row.failures),
  startedAt: row.started_at,
  seenAt: row.seen_at,
  // A row of older code has the time of its process's own clock.
  seenAgoMs: Math.max(0, Number(row.now) - Date.parse(row.seen_at)),
});

const toValues = (row: ProcessNote) => ({
  id: row.id,
  host: row.host,
  pid: row.pid,
  version: row.version,
  state: row.state,
  transport: row.transport,
  revision: row.revision,
  failures: JSON.stringify(row.failures),
  started_at: row.startedAt,
});
