import { sql } from "kysely";
import { auditRow } from "./audit.ts";
import type { Author, RowChange } from "./change.ts";
import { noteChange, type Repetition } from "./change-table.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import type { Mark } from "./mark.ts";
import type { Query } from "./query.ts";
import { raiseRevision } from "./revision-line.ts";
import { fromItemRow, fromTypeRow, type ItemRow, type TypeRow } from "./rows.ts";
import type { TableNames } from "./table-names.ts";
import type { ItemTable, TypeTable } from "./tables.ts";

/** Rows a statement: 21 columns of them stay under SQLite's 32,766 parameters. */
const batchSize = 500;

/** Characters a statement, where rows are long: written out as UTF-8, they stay under MySQL's `max_allowed_packet`. */
const batchLength = 500_000;

/** Rows a round trip, where connections take several statements at once. */
const tripSize = 2 * batchSize;

export interface WriteContext extends Author {
  /** The change's own. */
  readonly id: string;
  readonly namespace: string;
  /** Where the data stand after it. */
  readonly mark: Mark;
  /** The way there, as it is stored. */
  readonly trail: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What a repetition of the change is known by, where somebody gave a key. */
  readonly repetition: Repetition | undefined;
}

type Stamp = Pick<WriteContext, "mark" | "at">;

/** The changes with the versions, revisions and times they get. */
export const stamped = (wanted: readonly RowChange[], context: Stamp): RowChange[] =>
  wanted.map((change) => stamp(change, context));

/**
 * Writes the changes, their history and the revision, in batches that go to `write`, and tells those who listen for `topic`.
 */
export async function writeChanges(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  changes: readonly RowChange[],
  context: WriteContext,
  topic: string,
  write: (queries: readonly Query[]) => Promise<void>,
): Promise<void> {
  let trip: Query[] = [];
  let size = 0;
  let length = 0;
  for (const batch of batchesOf(db, dialect, tables, changes, context)) {
    if (size + batch.size > tripSize || length + batch.length > batchLength) {
      if (trip.length > 0) await write(trip);
      [trip, size, length] = [[], 0, 0];
    }
    trip.push(batch.query);
    size += batch.size;
    length += batch.length;
  }
  trip.push(
    raiseRevision(db, tables, context.namespace, context.mark, context.trail),
    noteChange(db, tables, changes.length, context),
  );
  if (dialect.notice) trip.push(dialect.notice(db, topic, context.mark.revisionId));
  await write(trip);
}

/** A query that writes so many rows, with so many characters. */
interface Batch {
  readonly query: Query;
  readonly size: number;
  readonly length: number;
}

function* batchesOf(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  changes: readonly RowChange[],
  context: WriteContext,
): Generator<Batch> {
  const types = changes.filter((change) => change.entity === "type");
  const items = changes.filter((change) => change.entity === "item");
  const typeRows = (rows: TypeRow[]) => rows.map((row) => fromTypeRow(row, context.namespace));
  const itemRows = (rows: ItemRow[]) => rows.map((row) => fromItemRow(row, context.namespace));
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
  const { revision } = context.mark;
  const entries = changes.map((change, position) => auditRow(change, { ...context, revision, position }));

  yield* batches(typeRows(added(types)), (rows) => db.insertInto(tables.type).values(rows));
  yield* batches(itemRows(added(items)), (rows) => db.insertInto(tables.item).values(rows));
  yield* batches(typeRows(altered(types)), (rows) => replaceTypes(db, dialect, tables, rows));
  yield* batches(itemRows(altered(items)), (rows) => replaceItems(db, dialect, tables, rows));
  yield* batches(ids(deleted(items)), (gone) => db.deleteFrom(tables.item).where("id", "in", gone));
  yield* batches(ids(deleted(types)), (gone) => db.deleteFrom(tables.type).where("id", "in", gone));
  yield* batches(entries, (rows) => db.insertInto(tables.audit).values(rows));
}

function stamp(change: RowChange, { mark: { revision }, at }: Stamp): RowChange {
  if (change.after === null) return change;
  // Who edits the item meanwhile is not in conflict with that.
  if (change.entity === "item" && change.action === "check") {
    return { ...change, after: { ...change.after, revision } };
  }
  const createdAt = change.before?.createdAt ?? at;
  return change.entity === "type"
    ? { ...change, after: { ...change.after, revision, createdAt, updatedAt: at } }
    : {
        ...change,
        after: {
          ...change.after,
          revision,
          createdAt,
          updatedAt: at,
          version: (change.before?.version ?? 0) + 1,
        },
      };
}

type Change<Row> = { readonly before: Row | null; readonly after: Row | null };

const added = <Row extends TypeRow | ItemRow>(changes: readonly Change<Row>[]): Row[] =>
  changes.flatMap(({ before, after }) => (before === null && after !== null ? [after] : []));

const altered = <Row extends TypeRow | ItemRow>(changes: readonly Change<Row>[]): Row[] =>
  changes.flatMap(({ before, after }) => (before !== null && after !== null ? [after] : []));

const deleted = <Row extends TypeRow | ItemRow>(changes: readonly Change<Row>[]): Row[] =>
  changes.flatMap(({ before, after }) => (before !== null && after === null ? [before] : []));

function* batches<T extends object | string>(
  rows: readonly T[],
  queryOf: (batch: T[]) => Query,
): Generator<Batch> {
  let batch: T[] = [];
  let length = 0;
  for (const row of rows) {
    const more = textLength(row);
    if (batch.length === batchSize || (batch.length > 0 && length + more > batchLength)) {
      yield { query: queryOf(batch), size: batch.length, length };
      batch = [];
      length = 0;
    }
    batch.push(row);
    length += more;
  }
  if (batch.length > 0) yield { query: queryOf(batch), size: batch.length, length };
}

function textLength(row: object | string): number {
  if (typeof row === "string") return row.length;
  let length = 0;
  for (const value of Object.values(row)) if (typeof value === "string") length += value.length;
  return length;
}

// Many rows get new values in one statement as an insert that, since all the ids are there, updates.

const typeColumns = [
  "manager",
  "name",
  "aliases",
  "description",
  "retired_at",
  "revision",
  "updated_at",
] as const;

const itemColumns = [
  "module",
  "name",
  "label",
  "aliases",
  "status",
  "priority",
  "description",
  "config",
  "config_version",
  "managed",
  "hold",
  "item_lead",
  "version",
  "revision",
  "retired_at",
  "retired_by",
  "updated_at",
] as const;

function replaceTypes(db: Db, dialect: StoreDialect, tables: TableNames, rows: TypeTable[]): Query {
  const insert = db.insertInto(tables.type).values(rows);
  return dialect.upsert === "on conflict"
    ? insert.onConflict((row) => row.column("id").doUpdateSet(excluded(typeColumns)))
    : insert.onDuplicateKeyUpdate(incoming(typeColumns));
}

function replaceItems(db: Db, dialect: StoreDialect, tables: TableNames, rows: ItemTable[]): Query {
  const insert = db.insertInto(tables.item).values(rows);
  return dialect.upsert === "on conflict"
    ? insert.onConflict((row) => row.column("id").doUpdateSet(excluded(itemColumns)))
    : insert.onDuplicateKeyUpdate(incoming(itemColumns));
}

const excluded = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]));

const incoming = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, sql`values(${sql.ref(column)})`]));
