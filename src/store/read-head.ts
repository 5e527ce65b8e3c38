import { type CompiledQuery, type Expression, type InferResult, type SqlBool, sql } from "kysely";
import type { Db } from "./dialect.ts";
import { type Mark, toMark } from "./mark.ts";
import { type ItemRow, toItemRow } from "./rows.ts";
import type { TableNames } from "./table-names.ts";

/** What a look at the database shows of the changes after a revision. */
export interface Head extends Mark {
  /** Whether all of them are to items that are still there: so it is with most of what operators do. */
  readonly onlyItems: boolean;
  /** Where they are few, the items that changed. */
  readonly items?: readonly ItemRow[] | undefined;
}

/** How many items a look brings along: more would make it slow. */
const mostItems = 100;

/** Stands in the compiled query for the revision that it asks about. */
const since = -1;

/**
 * Looks for changes, in one statement, which sees the database at one moment. Every process asks this again and
 * again, and all of them at once after a change: so it is compiled once.
 */
export class HeadQuery {
  readonly #tables: TableNames;
  readonly #namespace: string;
  #compiled: CompiledQuery<HeadRow> | undefined;

  constructor(tables: TableNames, namespace: string) {
    this.#tables = tables;
    this.#namespace = namespace;
  }

  async read(db: Db, revision: number): Promise<Head> {
    this.#compiled ??= query(db, this.#tables, this.#namespace).compile();
    const asked: CompiledQuery<HeadRow> = {
      ...this.#compiled,
      parameters: this.#compiled.parameters.map((value) => (value === since ? revision : value)),
    };
    return toHead((await db.executeQuery(asked)).rows);
  }
}

type HeadRow = InferResult<ReturnType<typeof query>>[number];

function query(db: Db, tables: TableNames, namespace: string) {
  return db
    .selectFrom(`${tables.revision} as head`)
    .leftJoin(`${tables.item} as item`, (join) =>
      join.onRef("item.namespace", "=", "head.namespace").on("item.revision", ">", since),
    )
    .selectAll("item")
    .select(["head.revision as current", "head.revision_id", "head.origin"])
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
    .where("head.namespace", "=", namespace)
    .limit(sql.lit(mostItems + 1));
}

/** 1 or 0: how a truth value arrives differs from client to client. */
const oneIf = (condition: Expression<SqlBool>) =>
  sql<number>`case when ${condition} then ${sql.lit(1)} else ${sql.lit(0)} end`;

function toHead(rows: readonly HeadRow[]): Head {
  const [first] = rows;
  if (first === undefined) return { ...toMark(undefined), onlyItems: false };
  const { current, revision_id, origin, types, purged } = first;
  const mark = toMark({ revision: current, revision_id, origin });
  if (Number(types) || Number(purged)) return { ...mark, onlyItems: false };
  const items = rows.length > mostItems ? undefined : rows.filter(isItem).map(toItemRow);
  return { ...mark, onlyItems: true, items };
}

/** Whether there was an item to join. */
const isItem = (row: HeadRow): row is HeadRow & Parameters<typeof toItemRow>[0] => row.id !== null;
