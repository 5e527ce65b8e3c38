import type { PluginIdentity } from "../definition/identity.ts";
import { isAscii } from "./ascii.ts";
import type { Db } from "./dialect.ts";
import { type Mark, type RevisionMark, readMark } from "./mark.ts";
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
