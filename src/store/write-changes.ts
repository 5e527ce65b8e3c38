import { sql } from "kysely";
import { auditRow } from "./audit.ts";
import type { Author, RowChange } from "./change.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { RevisionUnreadableError } from "./errors.ts";
import { type Mark, maxRevision, readMark } from "./mark.ts";
import { fromItemRow, fromTypeRow, type ItemRow, type TypeRow } from "./rows.ts";
import type { TableNames } from "./table-names.ts";
import type { ItemTable, TypeTable } from "./tables.ts";
import { newUuid } from "./uuid.ts";

/** Rows a statement: 18 columns of them stay under SQLite's 32,766 parameters. */
const batchSize = 500;

/** Characters a statement, where rows are long: written out as UTF-8, they stay under MySQL's `max_allowed_packet`. */
const batchLength = 500_000;

interface WriteContext extends Author, Mark {
  readonly namespace: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * Raises the namespace's revision, gives it an id, and returns where the data stand then. The row's lock is held until the end of the
 * transaction: that orders all writers, so that they cannot deadlock and revisions commit in order.
 */
export async function raiseRevision(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  namespace: string,
  revisionId: string,
): Promise<Mark> {
  const raise = () =>
    db
      .updateTable(tables.revision)
      .set((row) => ({
        revision: row("revision", "+", 1),
        revision_id: revisionId,
        origin: row.fn.coalesce("origin", row.val(newUuid())),
      }))
      .where("namespace", "=", namespace)
      .where("revision", "<", maxRevision)
      .executeTakeFirst();
  if ((await raise()).numUpdatedRows === 0n) {
    const insert = db.insertInto(tables.revision).values({ namespace, revision: 0, origin: newUuid() });
    await (dialect.upsert === "on conflict"
      ? insert.onConflict((row) => row.doNothing())
      : insert.ignore()
    ).execute();
    if ((await raise()).numUpdatedRows === 0n) {
      const { revision } = await readMark(db, tables, namespace);
      throw new RevisionUnreadableError(revision);
    }
  }
  return readMark(db, tables, namespace);
}

/** Writes the changes and their history in batches, and returns them with the versions and revisions they got. */
export async function writeChanges(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  wanted: readonly RowChange[],
  context: WriteContext,
): Promise<RowChange[]> {
  const changes = wanted.map((change) => stamp(change, context));
  const types = changes.filter((change) => change.entity === "type");
  const items = changes.filter((change) => change.entity === "item");

  const typeRows = (rows: TypeRow[]) => batches(rows.map((row) => fromTypeRow(row, context.namespace)));
  const itemRows = (rows: ItemRow[]) => batches(rows.map((row) => fromItemRow(row, context.namespace)));

  for (const rows of typeRows(added(types))) await db.insertInto(tables.type).values(rows).execute();
  for (const rows of itemRows(added(items))) await db.insertInto(tables.item).values(rows).execute();
  for (const rows of typeRows(altered(types))) await replaceTypes(db, dialect, tables, rows);
  for (const rows of itemRows(altered(items))) await replaceItems(db, dialect, tables, rows);
  for (const ids of batches(deleted(items).map((row) => row.id))) {
    await db.deleteFrom(tables.item).where("id", "in", ids).execute();
  }
  for (const ids of batches(deleted(types).map((row) => row.id))) {
    await db.deleteFrom(tables.type).where("id", "in", ids).execute();
  }
  const { namespace, revision, revisionId, at } = context;
  const change = { id: revisionId, namespace, revision, changed: changes.length, created_at: at };
  await db.insertInto(tables.change).values(change).execute();
  for (const rows of batches(changes.map((change, position) => auditRow(change, { ...context, position })))) {
    await db.insertInto(tables.audit).values(rows).execute();
  }
  return changes;
}

function stamp(change: RowChange, { revision, at }: WriteContext): RowChange {
  if (change.after === null) return change;
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

function* batches<T extends object | string>(rows: readonly T[]): Generator<T[]> {
  let batch: T[] = [];
  let length = 0;
  for (const row of rows) {
    const more = textLength(row);
    if (batch.length === batchSize || (batch.length > 0 && length + more > batchLength)) {
      yield batch;
      batch = [];
      length = 0;
    }
    batch.push(row);
    length += more;
  }
  if (batch.length > 0) yield batch;
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
  "version",
  "revision",
  "retired_at",
  "retired_by",
  "updated_at",
] as const;

async function replaceTypes(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  rows: TypeTable[],
): Promise<void> {
  const insert = db.insertInto(tables.type).values(rows);
  await (dialect.upsert === "on conflict"
    ? insert.onConflict((row) => row.column("id").doUpdateSet(excluded(typeColumns)))
    : insert.onDuplicateKeyUpdate(incoming(typeColumns))
  ).execute();
}

async function replaceItems(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  rows: ItemTable[],
): Promise<void> {
  const insert = db.insertInto(tables.item).values(rows);
  await (dialect.upsert === "on conflict"
    ? insert.onConflict((row) => row.column("id").doUpdateSet(excluded(itemColumns)))
    : insert.onDuplicateKeyUpdate(incoming(itemColumns))
  ).execute();
}

const excluded = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]));

const incoming = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, sql`values(${sql.ref(column)})`]));
