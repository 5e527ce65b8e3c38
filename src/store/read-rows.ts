import type { Selectable } from "kysely";
import type { PluginIdentity } from "../definition/identity.ts";
import { isAscii } from "./ascii.ts";
import type { Db } from "./dialect.ts";
import { type Mark, type RevisionMark, readMark } from "./mark.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import type { ItemRow, Rows } from "./rows.ts";
import { toItemRow, toTypeRow } from "./stored-rows.ts";
import type { TableNames } from "./table-names.ts";
import type { ItemTable, TypeTable } from "./tables.ts";
import { withoutStrays } from "./without-strays.ts";

/** How many values one query may name; all databases take at least twice as many. */
export const idsPerQuery = 10_000;

/** In the order they were made, as their ids sort so: plans and findings name them in the same order each time. */
const inOrder = <Row extends { readonly id: string }>(rows: Row[]): Row[] =>
  rows.sort((one, other) => (one.id < other.id ? -1 : 1));

export const typesOf = (rows: readonly Selectable<TypeTable>[], tables: TableNames, faults: RowFaults) => {
  const reader = new RowReader(tables.type, faults);
  return rows.map((row) => toTypeRow(row, reader));
};

export const itemsOf = (rows: readonly Selectable<ItemTable>[], tables: TableNames, faults: RowFaults) => {
  const reader = new RowReader(tables.item, faults);
  return rows.map((row) => toItemRow(row, reader));
};

/** All rows of the namespace, retired ones included, in the order they were made. */
export async function readRows(
  db: Db,
  tables: TableNames,
  namespace: string,
  faults: RowFaults,
): Promise<Rows> {
  const mark = await readMark(db, tables, namespace);
  const types = await db.selectFrom(tables.type).selectAll().where("namespace", "=", namespace).execute();
  const items = await db.selectFrom(tables.item).selectAll().where("namespace", "=", namespace).execute();
  const rows: Rows = {
    ...mark,
    types: inOrder(typesOf(types, tables, faults)),
    items: inOrder(itemsOf(items, tables, faults)),
    purged: [],
  };
  return withoutStrays(rows, tables, faults);
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
  faults: RowFaults,
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
  return { revision, revisionId, origin, types: [], items: itemsOf(items, tables, faults), purged: [] };
}

/** The items of these ids, which are at most `idsPerQuery`. */
export const itemsById = (db: Db, tables: TableNames, namespace: string, ids: readonly string[]) =>
  db.selectFrom(tables.item).selectAll().where("namespace", "=", namespace).where("id", "in", ids);

export async function readItems(
  db: Db,
  tables: TableNames,
  namespace: string,
  ids: readonly string[],
  faults: RowFaults,
): Promise<ItemRow[]> {
  const rows: ItemRow[] = [];
  const possible = ids.filter(isAscii);
  for (let start = 0; start < possible.length; start += idsPerQuery) {
    const batch = itemsById(db, tables, namespace, possible.slice(start, start + idsPerQuery));
    rows.push(...itemsOf(await batch.execute(), tables, faults));
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
