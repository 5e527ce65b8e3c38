import { type Selectable, sql } from "kysely";
import { insertNew } from "./insert-new.ts";
import { asInteger } from "./stored-integer.ts";
import { addCounts, readDetails, toColumns } from "./stored-traffic.ts";
import type { TrafficTable } from "./tables.ts";
import type { TrafficCounts } from "./traffic-row.ts";
import { ofSubjects, type Traffic, type Where, writeRows } from "./traffic-table.ts";

/** How long rows are kept, in milliseconds. */
const keptMs = { minute: 3 * 3_600_000, hour: 14 * 86_400_000 };

/** How often the table is put in order, by one of the processes, in milliseconds. */
export const orderEveryMs = 10 * 60_000;

/**
 * After so long without a write nobody writes a row any more: its hour, and what a process may keep of it while the
 * database is away, are over.
 */
const settledMs = 2 * 3_600_000;

/** So many subjects of an hour are put together at a time. */
const mostSubjects = 200;

const ordered = { type_id: "", item_id: "", unit: "turn", starts_at: 0, writer: "" } as const;

/** Takes the turn to put the table in order; false where somebody has had it within the last minutes. */
export async function takeTurn({ db, time, upsert, tables, namespace }: Traffic): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable(tables.traffic)
    .set({ written_at: time.ms })
    .where("namespace", "=", namespace)
    .where("type_id", "=", ordered.type_id)
    .where("unit", "=", ordered.unit)
    .where("item_id", "=", ordered.item_id)
    .where("starts_at", "=", ordered.starts_at)
    .where("writer", "=", ordered.writer)
    .where("written_at", "<=", before(time.ms, orderEveryMs))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return true;
  const first = { ...ordered, namespace, calls: 0, failures: 0, rescued: 0, details: "{}" };
  return insertNew(upsert, db.insertInto(tables.traffic).values({ ...first, written_at: time.ms }));
}

/** Removes what is older than it is kept, a few minutes or a day at a time: so no statement takes long. */
export async function pruneTraffic(traffic: Traffic): Promise<void> {
  await prune(traffic, "minute", keptMs.minute, 10 * 60_000);
  await prune(traffic, "part", keptMs.hour, 86_400_000);
  await prune(traffic, "hour", keptMs.hour, 86_400_000);
}

async function prune(
  { db, time, tables, namespace }: Traffic,
  unit: TrafficTable["unit"],
  ageMs: number,
  stepMs: number,
): Promise<void> {
  for (;;) {
    const oldest = await db
      .selectFrom(tables.traffic)
      .select(({ fn }) => [fn.min("starts_at").as("first"), time.ms.as("now")])
      .where("namespace", "=", namespace)
      .where("unit", "=", unit)
      .executeTakeFirst();
    const first = asInteger(oldest?.first);
    const end = Number(oldest?.now) - ageMs;
    if (first === undefined || first >= end) return;
    await db
      .deleteFrom(tables.traffic)
      .where("namespace", "=", namespace)
      .where("unit", "=", unit)
      .where("starts_at", "<", Math.min(first + stepMs, end))
      .execute();
  }
}

/**
 * Puts the parts of an hour together, each process's into the row of all, as many as go at a time; inside a transaction
 * that alone does so. Returns whether there were any.
 */
export async function foldTraffic(traffic: Traffic): Promise<boolean> {
  const { db, time, tables, namespace } = traffic;
  const first = await parts(traffic)
    .select(["starts_at", time.ms.as("now")])
    .where("written_at", "<", before(time.ms, settledMs))
    .orderBy("starts_at")
    .limit(1)
    .executeTakeFirst();
  if (first === undefined) return false;
  const startsAt = Number(first.starts_at);
  const isSettled = (row: Where) =>
    row.and([row("starts_at", "=", startsAt), row("written_at", "<", Number(first.now) - settledMs)]);
  const subjects = await parts(traffic)
    .select(["type_id", "item_id"])
    .distinct()
    .where(isSettled)
    .orderBy("type_id")
    .orderBy("item_id")
    .limit(mostSubjects)
    .execute();
  // All of them are chosen, by their order, and none besides.
  const isChosen = (row: Where) => row.and([isSettled(row), isUpTo(row, subjects.at(-1) ?? ordered)]);
  const columns = ["type_id", "item_id", "calls", "rescued", "details"] as const;
  const found = await parts(traffic).select(columns).where(isChosen).execute();
  const known = await db
    .selectFrom(tables.traffic)
    .select(columns)
    .where("namespace", "=", namespace)
    .where("unit", "=", "hour")
    .where("starts_at", "=", startsAt)
    .where(ofSubjects(subjects.map(({ type_id, item_id }) => ({ typeId: type_id, itemId: item_id }))))
    .execute();
  const { numDeletedRows } = await db
    .deleteFrom(tables.traffic)
    .where("namespace", "=", namespace)
    .where("unit", "=", "part")
    .where(isChosen)
    .executeTakeFirst();
  // One was written meanwhile, after hours of silence: it is put together with the others next time.
  if (Number(numDeletedRows) !== found.length) throw new Error("an hour's traffic was still being written");
  await writeRows(
    traffic,
    summedUp([...known, ...found]).map((sum) => ({
      ...{ ...sum, namespace, unit: "hour", starts_at: startsAt, writer: "", written_at: time.ms },
    })),
  );
  return true;
}

type Counted = Pick<Selectable<TrafficTable>, "type_id" | "item_id" | "calls" | "rescued" | "details">;

/** Each subject once. */
function summedUp(rows: readonly Counted[]) {
  const sums = new Map<string, { readonly row: Counted; readonly counts: TrafficCounts }>();
  for (const row of rows) {
    const counts = {
      ...{ calls: asInteger(row.calls) ?? 0, rescued: asInteger(row.rescued) ?? 0 },
      ...readDetails(row.details),
    };
    const key = `${row.type_id}/${row.item_id}`;
    const known = sums.get(key);
    sums.set(key, { row, counts: known ? addCounts(known.counts, counts) : counts });
  }
  return [...sums.values()].map(({ row: { type_id, item_id }, counts }) => {
    return { type_id, item_id, ...toColumns({ ...counts, troubled: undefined }) };
  });
}

const parts = ({ db, tables, namespace }: Traffic) =>
  db.selectFrom(tables.traffic).where("namespace", "=", namespace).where("unit", "=", "part");

/** Those that come before this one, and itself. */
const isUpTo = (row: Where, { type_id, item_id }: Pick<Counted, "type_id" | "item_id">) =>
  row.or([
    row("type_id", "<", type_id),
    row.and([row("type_id", "=", type_id), row("item_id", "<=", item_id)]),
  ]);

const before = (now: Traffic["time"]["ms"], ms: number) => sql<number>`${now} - ${sql.lit(ms)}`;
