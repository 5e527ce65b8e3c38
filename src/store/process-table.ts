import { sql } from "kysely";
import type { Db } from "./dialect.ts";
import type { PluginLists } from "./plugin-lists.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import { toProcessRow } from "./stored-process.ts";
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
  /** ISO 8601, UTC, by the process's own clock; so is `seenAt`. */
  readonly startedAt: string;
  readonly seenAt: string;
}

/** What a process says of itself again and again; its plugins only when there is news of them. */
export type ProcessNote = Omit<ProcessRow, "plugins">;

/** The plugins of a process: thousands, at times, so they are written only where they have to be. */
export interface PluginNews {
  readonly hasChanged: boolean;
  readonly plugins: () => readonly KnownPlugin[];
}

export async function saveProcess(
  db: Db,
  tables: TableNames,
  namespace: string,
  note: ProcessNote,
  { hasChanged, plugins }: PluginNews,
  forgetAfterMs: number,
): Promise<void> {
  const values = toValues(note, namespace);
  const whole = () => ({ ...values, plugins: JSON.stringify(plugins()) });
  const { numUpdatedRows } = await db
    .updateTable(tables.process)
    .set(hasChanged ? whole() : values)
    .where("id", "=", note.id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) await db.insertInto(tables.process).values(whole()).execute();

  const deadline = new Date(Date.parse(note.seenAt) - forgetAfterMs).toISOString();
  const gone = await db
    .selectFrom(tables.process)
    .select("id")
    .where("namespace", "=", namespace)
    .where("seen_at", "<", deadline)
    .execute();
  // One by one and by primary key, so that processes that clean up at once do not lock each other out.
  for (const { id } of gone) await removeProcess(db, tables, id);
}

export async function removeProcess(db: Db, tables: TableNames, id: string): Promise<void> {
  await db.deleteFrom(tables.process).where("id", "=", id).execute();
}

export async function readProcesses(
  db: Db,
  tables: TableNames,
  namespace: string,
  pluginLists: PluginLists,
  faults: RowFaults,
): Promise<ProcessRow[]> {
  const rows = await db
    .selectFrom(tables.process)
    .select([
      ...(["id", "host", "pid", "version", "state", "transport"] as const),
      ...(["revision", "failures", "started_at", "seen_at"] as const),
    ])
    .select(sql<number | string>`octet_length(plugins)`.as("size"))
    .where("namespace", "=", namespace)
    .orderBy("host")
    .orderBy("pid")
    .orderBy("id")
    .execute();
  const sizes = new Map(rows.map(({ id, size }) => [id, Number(size)]));
  const lists = await pluginLists.read(db, tables, sizes, faults);
  faults.keepOnly(tables.process, sizes.keys());
  const reader = new RowReader(tables.process, faults);
  return rows.map((row) => toProcessRow(row, lists.get(row.id) ?? [], reader));
}

const toValues = (row: ProcessNote, namespace: string): Omit<ProcessTable, "plugins" | "expires_at"> => ({
  id: row.id,
  namespace,
  host: row.host,
  pid: row.pid,
  version: row.version,
  state: row.state,
  transport: row.transport,
  revision: row.revision,
  failures: JSON.stringify(row.failures),
  started_at: row.startedAt,
  seen_at: row.seenAt,
});
