import { type Expression, type SqlBool, sql } from "kysely";
import type { PluginIdentity } from "../definition/identity.ts";
import { isAscii } from "./ascii.ts";
import type { Db } from "./dialect.ts";
import { type Mark, readMark, toMark } from "./mark.ts";
import { type ItemRow, type Rows, toItemRow, toTypeRow } from "./rows.ts";
import type { TableNames } from "./table-names.ts";

/** How many values one query may name; all databases take at least twice as many. */
export const idsPerQuery = 10_000;

/** In the order they were made, as their ids sort so: plans and findings name them in the same order each time. */
const inOrder = <Row extends { readonly id: string }>(rows: Row[]): Row[] =>
  rows.sort((one, other) => (one.id < other.id ? -1 : 1));

/** All rows of the namespace, retired ones included, in the order they were made. */
export async function readRows(db: Db, tables: TableNames, namespace: string): Promise<Rows> {
  const mark = await readMark(db, tables, namespace);
  const types = await db.selectFrom(tables.type).selectAll().where("namespace", "=", namespace).execute();
  const items = await db.selectFrom(tables.item).selectAll().where("namespace", "=", namespace).execute();
  return {
    ...mark,
    types: inOrder(types.map(toTypeRow)),
    items: inOrder(items.map(toItemRow)),
    purged: [],
  };
}

/** A revision by its number and its random id: a copy of the database may have gone on from it by itself. */
export type RevisionMark = Pick<Mark, "revision" | "revisionId">;

/** What a look at the database shows, seen from a revision that was read before. */
export interface Head extends Mark {
  /**
   * `same`: nothing changed. `later`: changes came on top of it. `other`: the database is not at a successor of that
   * revision. An older copy was restored, or one that went on by itself took its place.
   */
  readonly course: "same" | "later" | "other";
  /** Whether all changes are to items that are still there: so it is with most of what operators do. */
  readonly onlyItems: boolean;
}

/** 1 or 0: how a truth value arrives differs from client to client. */
const oneIf = (condition: Expression<SqlBool>) =>
  sql<number>`case when ${condition} then ${sql.lit(1)} else ${sql.lit(0)} end`;

export async function readHead(
  db: Db,
  tables: TableNames,
  namespace: string,
  since: RevisionMark,
): Promise<Head> {
  const head = await db
    .selectFrom(tables.revision)
    .select(["revision", "revision_id", "origin"])
    .select(({ exists, selectFrom }) => [
      oneIf(
        exists(
          selectFrom(tables.type)
            .select("id")
            .where("namespace", "=", namespace)
            .where("revision", ">", since.revision),
        ),
      ).as("types"),
      oneIf(
        exists(
          selectFrom(tables.audit)
            .select("entity_id")
            .where("namespace", "=", namespace)
            .where("revision", ">", since.revision)
            .where("action", "=", "purge"),
        ),
      ).as("purged"),
      oneIf(
        exists(
          selectFrom(tables.change)
            .select("id")
            .where("id", "=", since.revisionId)
            .where("namespace", "=", namespace),
        ),
      ).as("known"),
    ])
    .where("namespace", "=", namespace)
    .executeTakeFirst();
  const mark = toMark(head);
  const isKnown = Number(head?.known) === 1 || mark.revisionId === since.revisionId || since.revision === 0;
  const onlyItems = head !== undefined && !Number(head.types) && !Number(head.purged);
  return { ...mark, course: courseOf(since, mark, isKnown), onlyItems };
}

/** Code without ids of revisions raises their number alone. */
function courseOf(since: RevisionMark, now: RevisionMark, isKnown: boolean): Head["course"] {
  if (now.revision === since.revision) return now.revisionId === since.revisionId ? "same" : "other";
  return now.revision > since.revision && isKnown ? "later" : "other";
}

/** Whether the change that led to a revision is in the history. */
export async function hasChange(
  db: Db,
  tables: TableNames,
  namespace: string,
  { revision, revisionId }: RevisionMark,
): Promise<boolean> {
  const change = await db
    .selectFrom(tables.change)
    .select("id")
    .where("id", "=", revisionId)
    .where("namespace", "=", namespace)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return change !== undefined;
}

/**
 * The items that changed between a revision and a head which says that there is nothing else: in one
 * statement, which needs no transaction to see the database at one moment. undefined when that is past.
 */
export async function readItemsSince(
  db: Db,
  tables: TableNames,
  namespace: string,
  since: RevisionMark,
  head: Mark,
): Promise<Rows | undefined> {
  const items = await db
    .selectFrom(tables.item)
    .selectAll()
    .select(({ selectFrom }) => [
      selectFrom(tables.revision).select("revision").where("namespace", "=", namespace).as("current"),
      selectFrom(tables.revision).select("revision_id").where("namespace", "=", namespace).as("current_id"),
    ])
    .where("namespace", "=", namespace)
    .where("revision", ">", since.revision)
    .execute();
  const [first] = items;
  if (Number(first?.current) !== head.revision || (first?.current_id ?? "") !== head.revisionId) {
    return undefined;
  }
  const { revision, revisionId, origin } = head;
  return { revision, revisionId, origin, types: [], items: items.map(toItemRow), purged: [] };
}

/**
 * The rows that changed after a revision, and the ids of those that were purged since. undefined where the database
 * is not at a successor of that revision.
 */
export async function readRowsSince(
  db: Db,
  tables: TableNames,
  namespace: string,
  since: RevisionMark,
): Promise<Rows | undefined> {
  const { course, onlyItems: _, ...mark } = await readHead(db, tables, namespace, since);
  if (course === "other") return undefined;
  const types = await db
    .selectFrom(tables.type)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("revision", ">", since.revision)
    .execute();
  const items = await db
    .selectFrom(tables.item)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("revision", ">", since.revision)
    .execute();
  // A row that is gone has no revision left; the history has.
  const purged = await db
    .selectFrom(tables.audit)
    .select("entity_id")
    .where("namespace", "=", namespace)
    .where("revision", ">", since.revision)
    .where("action", "=", "purge")
    .execute();
  return {
    ...mark,
    types: types.map(toTypeRow),
    items: items.map(toItemRow),
    purged: purged.map((row) => row.entity_id),
  };
}

export async function readItems(
  db: Db,
  tables: TableNames,
  namespace: string,
  ids: readonly string[],
): Promise<ItemRow[]> {
  const rows: ItemRow[] = [];
  const possible = ids.filter(isAscii);
  for (let start = 0; start < possible.length; start += idsPerQuery) {
    const batch = await db
      .selectFrom(tables.item)
      .selectAll()
      .where("namespace", "=", namespace)
      .where("id", "in", possible.slice(start, start + idsPerQuery))
      .execute();
    for (const row of batch) rows.push(toItemRow(row));
  }
  return rows;
}

/** All items of one plugin, retired ones included. */
export async function readItemsOf(
  db: Db,
  tables: TableNames,
  namespace: string,
  typeId: string,
  { module, name }: PluginIdentity,
): Promise<ItemRow[]> {
  const rows = await db
    .selectFrom(tables.item)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("type_id", "=", typeId)
    .where("module", "=", module)
    .where("name", "=", name)
    .execute();
  return rows.map(toItemRow);
}
