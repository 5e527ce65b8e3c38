import { type Selectable, sql } from "kysely";
import { changeById } from "./change-table.ts";
import type { Db } from "./dialect.ts";
import { type RevisionMark, toMark } from "./mark.ts";
import type { HeadQuery } from "./read-head.ts";
import { itemsOf, typesOf } from "./read-rows.ts";
import type { RowFaults } from "./row-faults.ts";
import type { Rows } from "./rows.ts";
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
  ...["config", "config_version", "managed", "hold", "item_lead", "version", "revision"],
  ...["retired_at", "retired_by", "created_at", "updated_at", "manager"],
];

const ofTypes = [
  ...["id", "namespace", "name", "aliases", "description", "revision", "retired_at"],
  ...["created_at", "updated_at", "manager"],
];

type Part = "item" | "type" | "purge" | "mark" | "since";
type PartRow = { readonly [column: string]: unknown };

/**
 * The rows that changed after a revision, and the ids of those that were purged since: in one statement, which sees the
 * database at one moment and takes one round trip. undefined where the database is not at a successor of that revision.
 */
export async function readRowsSince(
  db: Db,
  tables: TableNames,
  namespace: string,
  since: RevisionMark,
  faults: RowFaults,
): Promise<Rows | undefined> {
  const found = await db
    // What has a type of each column comes first: nulls alone would have none.
    .selectFrom(tables.item)
    .select(selection("item", (column) => (column === "manager" ? undefined : column)))
    .where("namespace", "=", namespace)
    .where("revision", ">", since.revision)
    .unionAll(
      db
        .selectFrom(tables.type)
        .select(selection("type", (column) => (ofTypes.includes(column) ? column : undefined)))
        .where("namespace", "=", namespace)
        .where("revision", ">", since.revision),
    )
    .unionAll(
      purgesSince(db, tables, namespace, since).select(
        selection("purge", (column) => (column === "id" ? "entity_id" : undefined)),
      ),
    )
    .unionAll(
      db
        .selectFrom(tables.revision)
        .select(selection("mark", (column) => marks[column]))
        .where("namespace", "=", namespace),
    )
    .unionAll(
      db
        .selectFrom(tables.change)
        .select(selection("since", (column) => (column === "id" ? "id" : undefined)))
        .where("id", "=", since.revisionId)
        .where("namespace", "=", namespace),
    )
    .execute();
  const of = (part: Part): PartRow[] => found.filter(({ entity }) => entity === part);
  const [row] = of("mark");
  const mark = toMark(
    row && {
      revision: row.revision as number,
      revision_id: row.id as string | null,
      origin: row.type_id as string | null,
    },
  );
  if (!isSuccessor(mark, since, of("since").length > 0)) return undefined;
  return {
    ...mark,
    types: typesOf(of("type") as Selectable<TypeTable>[], tables, faults),
    items: itemsOf(of("item") as Selectable<ItemTable>[], tables, faults),
    purged: of("purge").map(({ id }) => String(id)),
  };
}

/** Code without ids of revisions raises their number alone. */
const isSuccessor = (mark: RevisionMark, since: RevisionMark, isKnown: boolean): boolean =>
  mark.revision > since.revision && (isKnown || mark.revisionId === since.revisionId || since.revision === 0);

const marks: Readonly<Record<string, string>> = {
  revision: "revision",
  id: "revision_id",
  type_id: "origin",
};

/**
 * A row that is gone has no revision left; the history has. It is asked whether the row is gone indeed, for it may have
 * been put back by hand.
 */
const purgesSince = (db: Db, tables: TableNames, namespace: string, { revision }: RevisionMark) =>
  db
    .selectFrom(tables.audit)
    .where("namespace", "=", namespace)
    .where("revision", ">", revision)
    .where("action", "=", "purge")
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom(tables.item).select("id").whereRef("id", "=", "entity_id"))),
    )
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom(tables.type).select("id").whereRef("id", "=", "entity_id"))),
    );

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
  since: RevisionMark,
  head: HeadQuery,
  faults: RowFaults,
): Promise<Rows | undefined> {
  const { course, items: few, revision, revisionId, origin } = await head.read(transaction, since);
  const mark = { revision, revisionId, origin };
  if (course === "other") return undefined;
  if (few) return { ...mark, types: [], items: few, purged: [] };
  const known = await changeById(transaction, tables, since.revisionId)
    .where("namespace", "=", namespace)
    .execute();
  if (!isSuccessor(mark, since, known.length > 0)) return undefined;
  const types = await transaction
    .selectFrom(tables.type)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("revision", ">", since.revision)
    .execute();
  const items = await transaction
    .selectFrom(tables.item)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("revision", ">", since.revision)
    .execute();
  const purged = await purgesSince(transaction, tables, namespace, since).select("entity_id").execute();
  return {
    ...mark,
    types: typesOf(types, tables, faults),
    items: itemsOf(items, tables, faults),
    purged: purged.map((row) => row.entity_id),
  };
}
