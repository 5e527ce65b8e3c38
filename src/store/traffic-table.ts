import { type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { DatabaseTime, Db, StoreDialect } from "./dialect.ts";
import { asInteger } from "./stored-integer.ts";
import { readDetails, toColumns } from "./stored-traffic.ts";
import type { TableNames } from "./table-names.ts";
import type { Tables, TrafficTable } from "./tables.ts";
import type { TrafficNote, TrafficRow, TrafficSubject, TrafficSum } from "./traffic-row.ts";

/** The traffic of a namespace, by one connection. */
export interface Traffic {
  readonly db: Db;
  readonly time: DatabaseTime;
  readonly upsert: StoreDialect["upsert"];
  readonly tables: TableNames;
  readonly namespace: string;
}

/** The rows, in a condition. */
export type Where = ExpressionBuilder<Tables, "plugbay_traffic">;

/** Which rows are read: from `since` on, in epoch milliseconds. */
export interface TrafficFilter {
  readonly units: readonly TrafficTable["unit"][];
  readonly since: number;
}

const counted = ["calls", "failures", "rescued", "details", "written_at"] as const;

/** Writes rows, each of which says all that was counted so far: to write them once more does no harm. */
export async function saveTraffic(traffic: Traffic, notes: readonly TrafficNote[]): Promise<void> {
  const { time, namespace } = traffic;
  await writeRows(
    traffic,
    notes.map((note) => ({
      namespace,
      type_id: note.typeId,
      item_id: note.itemId,
      unit: note.unit,
      starts_at: note.startsAt,
      writer: note.writer,
      ...toColumns(note),
      written_at: time.ms,
    })),
  );
}

type NewRow = Omit<TrafficTable, "written_at"> & { readonly written_at: DatabaseTime["ms"] | number };

export async function writeRows({ db, upsert, tables }: Traffic, rows: readonly NewRow[]): Promise<void> {
  const insert = db.insertInto(tables.traffic).values([...rows]);
  const place = ["namespace", "type_id", "unit", "item_id", "starts_at", "writer"] as const;
  await (upsert === "on conflict"
    ? insert.onConflict((row) =>
        row
          .columns([...place])
          .doUpdateSet((of) =>
            Object.fromEntries(counted.map((column) => [column, of.ref(`excluded.${column}`)])),
          ),
      )
    : insert.onDuplicateKeyUpdate(
        Object.fromEntries(counted.map((column) => [column, sql`values(${sql.ref(column)})`])),
      )
  ).execute();
}

/** Whose rows are read. */
type Subjects = (row: Where) => ReturnType<Where["and"]>;

const rowsOf = ({ db, tables, namespace }: Traffic, subjects: Subjects, { units, since }: TrafficFilter) =>
  db
    .selectFrom(tables.traffic)
    .select(["type_id", "item_id", "starts_at"])
    .where("namespace", "=", namespace)
    .where(subjects)
    .where("unit", "in", units)
    .where("starts_at", ">=", since);

/** What all processes counted of these, as each wrote it. */
export async function readTraffic(
  traffic: Traffic,
  subjects: Subjects,
  filter: TrafficFilter,
): Promise<TrafficRow[]> {
  const found = await rowsOf(traffic, subjects, filter).select(["calls", "rescued", "details"]).execute();
  return found.map((row) => ({
    typeId: row.type_id,
    itemId: row.item_id,
    startsAt: asInteger(row.starts_at) ?? 0,
    calls: asInteger(row.calls) ?? 0,
    rescued: asInteger(row.rescued) ?? 0,
    ...readDetails(row.details),
  }));
}

/** The calls and failures of these, in which the database puts the processes together. */
export async function sumTraffic(
  traffic: Traffic,
  subjects: Subjects,
  filter: TrafficFilter,
): Promise<TrafficSum[]> {
  const found = await rowsOf(traffic, subjects, filter)
    .select(({ fn }) => [
      fn.sum("calls").as("calls"),
      fn.sum("failures").as("failures"),
      fn.sum("rescued").as("rescued"),
    ])
    .groupBy(["type_id", "item_id", "starts_at"])
    .execute();
  return found.map((row) => ({
    typeId: row.type_id,
    itemId: row.item_id,
    startsAt: asInteger(row.starts_at) ?? 0,
    calls: asInteger(row.calls) ?? 0,
    failures: asInteger(row.failures) ?? 0,
    rescued: asInteger(row.rescued) ?? 0,
  }));
}

/** All of a type: its own rows, and those of its items. */
export const ofType =
  (typeId: string) =>
  (row: Where): ReturnType<Where["and"]> =>
    row.and([row("type_id", "=", typeId)]);

/** Just these. */
export const ofSubjects =
  (subjects: readonly TrafficSubject[]) =>
  (row: Where): ReturnType<Where["and"]> => {
    const types = new Map<string, string[]>();
    for (const { typeId, itemId } of subjects) types.set(typeId, [...(types.get(typeId) ?? []), itemId]);
    // Types that are asked for the same items, which is none, are one condition.
    const alike = new Map<string, { typeIds: string[]; itemIds: string[] }>();
    for (const [typeId, itemIds] of types) {
      const known = alike.get(itemIds.join());
      if (known) known.typeIds.push(typeId);
      else alike.set(itemIds.join(), { typeIds: [typeId], itemIds });
    }
    const conditions = [...alike.values()].map(({ typeIds, itemIds }) =>
      row.and([row("type_id", "in", typeIds), row("item_id", "in", itemIds)]),
    );
    return row.and([conditions.length > 0 ? row.or(conditions) : sql<SqlBool>`1 = 0`]);
  };
