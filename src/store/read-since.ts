import { type Selectable, sql } from "kysely";
import type { Db } from "./dialect.ts";
import { readMark, toMark } from "./mark.ts";
import { type Rows, toItemRow, toTypeRow } from "./rows.ts";
import type { TableNames } from "./table-names.ts";
import type { ItemTable, TypeTable } from "./tables.ts";

/** What the rows of all parts have, in order; those of a part that has something else there are null. */
const columns = [
  ...[
    "id",
    "type_id",
    "namespace",
    "module",
    "name",
    "label",
    "aliases",
    "status",
    "priority",
    "description",
  ],
  ...["config", "config_version", "managed", "version", "revision", "retired_at", "retired_by"],
  ...["created_at", "updated_at", "manager"],
];

const ofTypes = [
  ...["id", "namespace", "name", "aliases", "description", "revision", "retired_at"],
  ...["created_at", "updated_at", "manager"],
];

type Part = "item" | "type" | "purge" | "mark";
type PartRow = { readonly [column: string]: unknown };

/**
 * The rows that changed after a revision, and the ids of those that were purged since: in one statement, which sees the
 * database at one moment and takes one round trip.
 */
export async function readRowsSince(
  db: Db,
  tables: TableNames,
  namespace: string,
  since: number,
): Promise<Rows> {
  const found = await db
    // What has a type of each column comes first: nulls alone would have none.
    .selectFrom(tables.item)
    .select(selection("item", (column) => (column === "manager" ? undefined : column)))
    .where("namespace", "=", namespace)
    .where("revision", ">", since)
    .unionAll(
      db
        .selectFrom(tables.type)
        .select(selection("type", (column) => (ofTypes.includes(column) ? column : undefined)))
        .where("namespace", "=", namespace)
        .where("revision", ">", since),
    )
    .unionAll(
      // A row that is gone has no revision left; the history has.
      db
        .selectFrom(tables.audit)
        .select(selection("purge", (column) => (column === "id" ? "entity_id" : undefined)))
        .where("namespace", "=", namespace)
        .where("revision", ">", since)
        .where("action", "=", "purge"),
    )
    .unionAll(
      db
        .selectFrom(tables.revision)
        .select(selection("mark", (column) => marks[column]))
        .where("namespace", "=", namespace),
    )
    .execute();
  const of = (part: Part): PartRow[] => found.filter(({ entity }) => entity === part);
  const [mark] = of("mark");
  return {
    ...toMark(
      mark && {
        revision: Number(mark.revision),
        revision_id: mark.id as string | null,
        origin: mark.type_id as string | null,
      },
    ),
    types: (of("type") as Selectable<TypeTable>[]).map(toTypeRow),
    items: (of("item") as Selectable<ItemTable>[]).map(toItemRow),
    purged: of("purge").map(({ id }) => String(id)),
  };
}

const marks: Readonly<Record<string, string>> = {
  revision: "revision",
  id: "revision_id",
  type_id: "origin",
};

/** The columns of a part, by what stands in each of them. */
const selection = (part: Part, standing: (column: string) => string | undefined) => [
  sql<unknown>`${sql.lit(part)}`.as("entity"),
  ...columns.map((column) => {
    const name = standing(column);
    return (name === undefined ? sql<unknown>`null` : sql<unknown>`${sql.ref(name)}`).as(column);
  }),
];

/** The same in several statements: in a transaction of the application reads may take locks, and parts of one cannot. */
export async function readRowsSinceApart(
  transaction: Db,
  tables: TableNames,
  namespace: string,
  since: number,
): Promise<Rows> {
  const mark = await readMark(transaction, tables, namespace);
  const types = await transaction
    .selectFrom(tables.type)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("revision", ">", since)
    .execute();
  const items = await transaction
    .selectFrom(tables.item)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("revision", ">", since)
    .execute();
  const purged = await transaction
    .selectFrom(tables.audit)
    .select("entity_id")
    .where("namespace", "=", namespace)
    .where("revision", ">", since)
    .where("action", "=", "purge")
    .execute();
  return {
    ...mark,
    types: types.map(toTypeRow),
    items: items.map(toItemRow),
    purged: purged.map((row) => row.entity_id),
  };
}
