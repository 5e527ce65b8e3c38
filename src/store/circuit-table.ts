import { randomInt } from "node:crypto";
import type { Insertable, Selectable } from "kysely";
import type { DatabaseTime, Db, StoreDialect } from "./dialect.ts";
import { insertNew } from "./insert-new.ts";
import { type Mark, toMark } from "./mark.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import { type CircuitRow, readState, type StoredCircuit } from "./stored-circuit.ts";
import { asInteger } from "./stored-integer.ts";
import type { TableNames } from "./table-names.ts";
import type { CircuitTable } from "./tables.ts";

/** The circuits of a namespace, by one connection. */
export interface Circuits {
  readonly db: Db;
  readonly time: DatabaseTime;
  readonly upsert: StoreDialect["upsert"];
  readonly tables: TableNames;
  readonly namespace: string;
}

/** What is known of one item, and when that was read, in epoch milliseconds by the database's time. */
export interface ReadCircuit {
  /** Where the namespace's data stand. */
  readonly head: Mark;
  readonly now: number;
  readonly row: CircuitRow | undefined;
}

/** So low that the sum of 100,000 marks is exact, whatever client reads it. */
const highestMark = 2 ** 31;

/** So that rows which nobody could delete, for their item or its process is gone, do not pile up. */
const keptMs = { aside: 3_600_000, unauthorized: 90 * 86_400_000 };

export async function readCircuits({ db, time, tables, namespace }: Circuits, faults: RowFaults) {
  const found = await db
    .selectFrom(tables.circuit)
    .select(["item_id", "mark", "state", time.ms.as("now")])
    .where("namespace", "=", namespace)
    .execute();
  faults.keepOnly(
    tables.circuit,
    found.map(({ item_id }) => item_id),
  );
  const reader = new RowReader(tables.circuit, faults);
  return { now: Number(found[0]?.now ?? 0), rows: found.map((row) => toRow(row, reader)) };
}

export async function readCircuit(
  { db, time, tables, namespace }: Circuits,
  itemId: string,
  faults: RowFaults,
): Promise<ReadCircuit | undefined> {
  const found = await db
    .selectFrom(`${tables.revision} as head`)
    .leftJoin(`${tables.circuit} as circuit`, (join) =>
      join.onRef("circuit.namespace", "=", "head.namespace").on("circuit.item_id", "=", itemId),
    )
    .select(["head.revision", "head.revision_id", "head.origin", time.ms.as("now")])
    .select(["circuit.item_id", "circuit.mark", "circuit.state"])
    .where("head.namespace", "=", namespace)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { item_id, mark, state } = found;
  const reader = new RowReader(tables.circuit, faults);
  const row = item_id === null ? undefined : toRow({ item_id, mark: mark ?? 0, state: state ?? "" }, reader);
  return { head: toMark(found), now: Number(found.now), row };
}

/**
 * Writes what is known of an item; undefined: nothing any more. Returns whether the row was still as it was read:
 * else nothing is written.
 */
export async function writeCircuit(
  circuits: Circuits,
  { now, row: before }: Pick<ReadCircuit, "now" | "row">,
  itemId: string,
  state: StoredCircuit | undefined,
): Promise<CircuitRow | undefined | "overtaken"> {
  const { db, tables, namespace } = circuits;
  if (state === undefined) {
    if (before === undefined) return undefined;
    const { numDeletedRows } = await db
      .deleteFrom(tables.circuit)
      .where("item_id", "=", itemId)
      .where("mark", "=", before.mark)
      .executeTakeFirst();
    return numDeletedRows === 0n ? "overtaken" : undefined;
  }
  const mark = randomInt(1, highestMark);
  const values = { namespace, mark, state: JSON.stringify(state), expires_at: endOf(state, now) };
  if (before === undefined) {
    const isNew = await insert(circuits, { item_id: itemId, ...values });
    return isNew ? { itemId, mark, state } : "overtaken";
  }
  const { numUpdatedRows } = await db
    .updateTable(tables.circuit)
    .set(values)
    .where("item_id", "=", itemId)
    .where("mark", "=", before.mark)
    .executeTakeFirst();
  return numUpdatedRows === 0n ? "overtaken" : { itemId, mark, state };
}

/** One by one and by primary key, so that processes that clean up at once do not lock each other out. */
export async function removeExpiredCircuits({ db, tables, namespace }: Circuits, now: number): Promise<void> {
  const due = await db
    .selectFrom(tables.circuit)
    .select(["item_id", "mark"])
    .where("namespace", "=", namespace)
    .where("expires_at", "<=", now)
    .execute();
  for (const { item_id, mark } of due) {
    await db.deleteFrom(tables.circuit).where("item_id", "=", item_id).where("mark", "=", mark).execute();
  }
}

/** Whatever it says. Returns whether there was one. */
export async function removeCircuit({ db, tables }: Circuits, itemId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom(tables.circuit)
    .where("item_id", "=", itemId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const insert = ({ db, upsert, tables }: Circuits, row: Insertable<CircuitTable>): Promise<boolean> =>
  insertNew(upsert, db.insertInto(tables.circuit).values(row));

const endOf = ({ phase, isUnauthorized, exhaustedUntil }: StoredCircuit, now: number): number =>
  isUnauthorized
    ? now + keptMs.unauthorized
    : Math.ceil(Math.max(now, phase?.until ?? 0, phase?.claimableAt ?? 0, exhaustedUntil ?? 0)) +
      keptMs.aside;

const toRow = (
  row: Pick<Selectable<CircuitTable>, "item_id" | "mark" | "state">,
  reader: RowReader,
): CircuitRow =>
  reader.row(row.item_id, (itemId) => ({
    itemId,
    mark: asInteger(row.mark) ?? 0,
    state: readState(row.state, reader),
  }));
