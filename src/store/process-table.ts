import { randomInt } from "node:crypto";
import { sql } from "kysely";
import type { DatabaseTime, Db } from "./dialect.ts";
import type { PluginLists } from "./plugin-lists.ts";
import type { ProcessNews, ProcessNote, ProcessReport, ProcessRow, Seen } from "./process-row.ts";
import { noReport, type ReportLists } from "./report-lists.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import { toProcessRow } from "./stored-process.ts";
import type { TableNames } from "./table-names.ts";

/** The processes of a namespace, by one connection. */
export interface Processes {
  readonly db: Db;
  readonly time: DatabaseTime;
  readonly tables: TableNames;
  readonly namespace: string;
}

/** How long a process of older code, whose row does not say until when it counts, is taken to be alive. */
const unsaidMs = 120_000;

/** Of a mark, which is no more than another one than before. */
const highestMark = 2 ** 31;

export async function saveProcess(
  { db, time, tables, namespace }: Processes,
  note: ProcessNote,
  news: ProcessNews,
  aliveMs: number,
): Promise<void> {
  const values = {
    ...toValues(note),
    namespace,
    seen_at: time.iso,
    expires_at: sql<number>`${time.ms} + ${sql.lit(Math.ceil(aliveMs))}`,
  };
  const plugins = () => ({ plugins: JSON.stringify(news.plugins()) });
  const report = () => reportValues(news.report());
  const { numUpdatedRows } = await db
    .updateTable(tables.process)
    .set({ ...values, ...(news.hasNewPlugins && plugins()), ...(news.hasNewReport && report()) })
    .where("id", "=", note.id)
    .executeTakeFirst();
  // A new one, or one that was frozen for so long that the others forgot it.
  if (numUpdatedRows === 0n) {
    await db
      .insertInto(tables.process)
      .values({ ...values, ...plugins(), ...report() })
      .execute();
  }
}

/**
 * Forgets those that are no longer alive. One by one and by primary key, so that processes that clean up at once do not
 * lock each other out.
 */
export async function removeExpired({ db, time, tables, namespace }: Processes): Promise<void> {
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
  reportLists: ReportLists,
  faults: RowFaults,
): Promise<ProcessRow[]> {
  const found = await db
    .selectFrom(tables.process)
    .select([
      ...(["id", "host", "pid", "version", "state", "transport"] as const),
      ...(["revision", "started_at", "seen_at", "expires_at", "report_mark"] as const),
    ])
    .select([sql<number | string>`octet_length(plugins)`.as("size"), time.ms.as("now")])
    .where("namespace", "=", namespace)
    .orderBy("host")
    .orderBy("pid")
    .orderBy("id")
    .execute();
  const rows = found.filter((row) => !isExpired(row));
  const sizes = new Map(rows.map(({ id, size }) => [id, Number(size)]));
  const lists = await pluginLists.read(db, tables, sizes, faults);
  const marks = new Map(rows.map(({ id, report_mark }) => [id, report_mark]));
  const reports = await reportLists.read(db, tables, marks, faults);
  faults.keepOnly(tables.process, sizes.keys());
  const reader = new RowReader(tables.process, faults);
  return rows.map((row) =>
    toProcessRow(row, lists.get(row.id) ?? [], reports.get(row.id) ?? noReport, reader),
  );
}

const isExpired = ({ seen_at, expires_at, now }: Seen): boolean =>
  Number(now) >= (expires_at === null ? Date.parse(seen_at) + unsaidMs : Number(expires_at));

const toValues = (row: ProcessNote) => ({
  id: row.id,
  host: row.host,
  pid: row.pid,
  version: row.version,
  state: row.state,
  transport: row.transport,
  revision: row.revision,
  started_at: row.startedAt,
});

const reportValues = ({ serves, troubles }: ProcessReport) => ({
  serves: JSON.stringify(serves),
  troubles: JSON.stringify(troubles),
  failures: JSON.stringify(
    troubles.flatMap(({ itemId, state, message }) =>
      state === "failed" ? [{ itemId, message: message ?? "" }] : [],
    ),
  ),
  report_mark: randomInt(1, highestMark),
});
