import { type CompiledQuery, type Expression, type InferResult, type SqlBool, sql } from "kysely";
import type { Db, StoreDialect } from "./dialect.ts";
import { type Mark, type RevisionMark, toMark } from "./mark.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import type { ItemRow } from "./rows.ts";
import { toItemRow } from "./stored-rows.ts";
import type { TableNames } from "./table-names.ts";

/** What changed since a revision that was read before. */
export interface Changes extends Mark {
  /**
   * `same`: nothing changed. `later`: changes came on top of it. `other`: the database is not at a successor of that
   * revision. An older copy was restored, or one that went on by itself took its place.
   */
  readonly course: "same" | "later" | "other";
  /** Whether all changes are to items that are still there: so it is with most of what operators do. */
  readonly onlyItems: boolean;
  /** Where they are few, the items that changed. */
  readonly items?: readonly ItemRow[] | undefined;
}

/** What a look at the database shows, seen from a revision that was read before. */
export interface Head extends Changes {
  /** Other where anything is new, other or gone of what processes found about items in use. */
  readonly circuits: string;
}

/** How many items a look brings along: more would make it slow. */
const mostItems = 100;

/** Stands in the compiled query for the revision that it asks about. No revision has such a number, or such an id. */
const since: RevisionMark = { revision: -1, revisionId: "00000000-0000-0000-0000-000000000000" };

/**
 * Looks for changes, in one statement, which sees the database at one moment. Every process asks this again and
 * again, and all of them at once after a change: so it is compiled once.
 */
export class HeadQuery {
  readonly #keepsPlans: boolean;
  readonly #tables: TableNames;
  readonly #namespace: string;
  readonly #reader: RowReader;
  #compiled: CompiledQuery<HeadRow> | undefined;

  constructor(
    { keepsPlans }: Pick<StoreDialect, "keepsPlans">,
    tables: TableNames,
    namespace: string,
    faults: RowFaults,
  ) {
    this.#keepsPlans = keepsPlans;
    this.#tables = tables;
    this.#namespace = namespace;
    this.#reader = new RowReader(tables.item, faults);
  }

  /** Before there are connections, so that they can prepare it. */
  compile(db: Db): CompiledQuery<HeadRow> {
    if (this.#compiled === undefined) {
      const few = query(db, this.#tables, this.#namespace);
      // By the index: a plan that is kept would else read a large table for the first few rows. Others see by
      // themselves that they are few, and MySQL would sort them in a table on its disk.
      this.#compiled = (this.#keepsPlans ? few.orderBy("item.revision") : few).compile();
    }
    return this.#compiled;
  }

  async read(db: Db, { revision, revisionId }: RevisionMark): Promise<Head> {
    const compiled = this.compile(db);
    const parameters = compiled.parameters.map((value) => {
      if (value === since.revision) return revision;
      return value === since.revisionId ? knownForm(revisionId) : value;
    });
    const asked: CompiledQuery<HeadRow> = { ...compiled, parameters };
    return toHead((await db.executeQuery(asked)).rows, { revision, revisionId }, this.#reader);
  }
}

type HeadRow = InferResult<ReturnType<typeof query>>[number];

function query(db: Db, tables: TableNames, namespace: string) {
  return db
    .selectFrom(`${tables.revision} as head`)
    .leftJoin(`${tables.item} as item`, (join) =>
      join.onRef("item.namespace", "=", "head.namespace").on("item.revision", ">", since.revision),
    )
    .selectAll("item")
    .select(["head.revision as current", "head.revision_id", "head.origin"])
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
      selectFrom(tables.circuit)
        .select(({ fn }) => fn.sum<number | string>("mark").as("marks"))
        .where("namespace", "=", namespace)
        .as("circuits"),
    ])
    .where("head.namespace", "=", namespace)
    .limit(sql.lit(mostItems + 1));
}

/** 1 or 0: how a truth value arrives differs from client to client. */
const oneIf = (condition: Expression<SqlBool>) =>
  sql<number>`case when ${condition} then ${sql.lit(1)} else ${sql.lit(0)} end`;

/** An id as it is made here. Any other is in no row, and would have to be escaped for MySQL. */
const knownForm = (id: string): string => (/^[0-9a-f-]{36}$/.test(id) ? id : since.revisionId);

function toHead(rows: readonly HeadRow[], before: RevisionMark, reader: RowReader): Head {
  const [first] = rows;
  if (first === undefined) {
    const nothing = toMark(undefined);
    return { ...nothing, course: courseOf(before, nothing, false), circuits: "0", onlyItems: false };
  }
  const { current, revision_id, origin, types, purged, known } = first;
  const circuits = String(first.circuits ?? 0);
  const mark = toMark({ revision: current, revision_id, origin });
  const course = courseOf(before, mark, Number(known) === 1);
  if (Number(types) || Number(purged)) return { ...mark, course, circuits, onlyItems: false };
  const items =
    rows.length > mostItems ? undefined : rows.filter(isItem).map((row) => toItemRow(row, reader));
  return { ...mark, course, circuits, onlyItems: true, items };
}

/** Code without ids of revisions raises their number alone. */
function courseOf(before: RevisionMark, now: RevisionMark, isKnown: boolean): Head["course"] {
  const isSame = now.revisionId === before.revisionId;
  if (now.revision === before.revision) return isSame ? "same" : "other";
  return now.revision > before.revision && (isKnown || isSame || before.revision === 0) ? "later" : "other";
}

/** Whether there was an item to join. */
const isItem = (row: HeadRow): row is HeadRow & Parameters<typeof toItemRow>[0] => row.id !== null;
