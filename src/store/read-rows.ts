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

/** What a look at the database shows of the changes after a revision. */
export interface Head extends Mark {
  /** Whether all of them are to items that are still there: so it is with most of what operators do. */
  readonly onlyItems: boolean;
}

/** 1 or 0: how a truth value arrives differs from client to client. */
const oneIf = (condition: Expression<SqlBool>) =>
  sql<number>`case when ${condition} then ${sql.lit(1)} else ${sql.lit(0)} end`;

export async function readHead(db: Db, tables: TableNames, namespace: string, since: number): Promise<Head> {
  const head = await db
    .selectFrom(tables.revision)
    .select(["revision", "revision_id", "origin"])
    .select(({ exists, selectFrom }) => [
      oneIf(
        exists(
          selectFrom(tables.type)
            .select("id")
            .where("namespace", "=", namespace)
            .where("revision", ">", since),
        ),
      ).as("types"),
      oneIf(
        exists(
          selectFrom(tables.audit)
            .select("entity_id")
            .where("namespace", "=", namespace)
            .where("revision", ">", since)
            .where("action", "=", "purge"),
        ),
      ).as("purged"),
    ])
    .where("namespace", "=", namespace)
    .executeTakeFirst();
  if (head === undefined) return { ...toMark(undefined), onlyItems: false };
  return { ...toMark(head), onlyItems: !Number(head.types) && !Number(head.purged) };
}

/**
 * The items that changed between a revision and a head which says that there is nothing else: in one
 * statement, which needs no transaction to see the database at one moment. undefined when that is past.
 */
export async function readItemsSince(
  db: Db,
  tables: TableNames,
  namespace: string,
  since: number,
  head: Head,
): Promise<Rows | undefined> {
  const items = await db
    .selectFrom(tables.item)
    .selectAll()
    .select(({ selectFrom }) =>
      selectFrom(tables.revision).select("revision").where("namespace", "=", namespace).as("current"),
    )
    .where("namespace", "=", namespace)
    .where("revision", ">", since)
    .execute();
  if (Number(items[0]?.current) !== head.revision) return undefined;
  const { revision, revisionId, origin } = head;
  return { revision, revisionId, origin, types: [], items: items.map(toItemRow), purged: [] };
}

/** The items of these ids, which are at most `idsPerQuery`. */
export const itemsById = (db: Db, tables: TableNames, namespace: string, ids: readonly string[]) =>
  db.selectFrom(tables.item).selectAll().where("namespace", "=", namespace).where("id", "in", ids);

export async function readItems(
  db: Db,
  tables: TableNames,
  namespace: string,
  ids: readonly string[],
): Promise<ItemRow[]> {
  const rows: ItemRow[] = [];
  const possible = ids.filter(isAscii);
  for (let start = 0; start < possible.length; start += idsPerQuery) {
    const batch = itemsById(db, tables, namespace, possible.slice(start, start + idsPerQuery));
    for (const row of await batch.execute()) rows.push(toItemRow(row));
  }
  return rows;
}

/** All items of one plugin, retired ones included. */
export const itemsOfPlugin = (
  db: Db,
  tables: TableNames,
  namespace: string,
  { typeId, module, name }: PluginPlace,
) =>
  db
    .selectFrom(tables.item)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("type_id", "=", typeId)
    .where("module", "=", module)
    .where("name", "=", name);

/** A plugin as its items are stored under it. */
export interface PluginPlace extends PluginIdentity {
  readonly typeId: string;
}
