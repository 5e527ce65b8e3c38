import { type CompiledQuery, type Expression, type InferResult, type SqlBool, sql } from "kysely";
import type { Db } from "./dialect.ts";
import { type Mark, type RevisionMark, toMark } from "./mark.ts";
import { type ItemRow, toItemRow } from "./rows.ts";
import type { TableNames } from "./table-names.ts";
import { newUuid } from "./uuid.ts";

/** What a look at the database shows, seen from a revision that was read before. */
export interface Head extends Mark {
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
  #compiled: { readonly id: string; readonly query: CompiledQuery<HeadRow> } | undefined;

  constructor(tables: TableNames, namespace: string) {
    this.#tables = tables;
    this.#namespace = namespace;
  }

  async read(db: Db, seen: RevisionMark): Promise<Head> {
    const { id, query } = this.#compile(db, seen.revisionId);
    const parameters = query.parameters.map((value) => {
      if (value === since) return seen.revision;
      return value === id ? seen.revisionId : value;
    });
    const asked: CompiledQuery<HeadRow> = { ...query, parameters };
    return toHead((await db.executeQuery(asked)).rows, seen);
  }

  /** Anew for another id where texts are written into the statement. */
  #compile(db: Db, id: string): { readonly id: string; readonly query: CompiledQuery<HeadRow> } {
    const known = this.#compiled;
    if (known && (known.id === id || known.query.parameters.includes(known.id))) return known;
    // A uuid stands for what may be "", which other parameters may be, too.
    const stand = id || newUuid();
    this.#compiled = { id: stand, query: headQuery(db, this.#tables, this.#namespace, stand).compile() };
    return this.#compiled;
  }
}

type HeadRow = InferResult<ReturnType<typeof headQuery>>[number];

function headQuery(db: Db, tables: TableNames, namespace: string, sinceId: string) {
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
      oneIf(
        exists(
          selectFrom(tables.change).select("id").where("id", "=", sinceId).where("namespace", "=", namespace),
        ),
      ).as("known"),
    ])
    .where("head.namespace", "=", namespace)
    .limit(sql.lit(mostItems + 1));
}

/** 1 or 0: how a truth value arrives differs from client to client. */
const oneIf = (condition: Expression<SqlBool>) =>
  sql<number>`case when ${condition} then ${sql.lit(1)} else ${sql.lit(0)} end`;

function toHead(rows: readonly HeadRow[], seen: RevisionMark): Head {
  const [first] = rows;
  if (first === undefined) {
    const nothing = toMark(undefined);
    return { ...nothing, course: courseOf(seen, nothing, false), onlyItems: false };
  }
  const { current, revision_id, origin, types, purged, known } = first;
  const mark = toMark({ revision: current, revision_id, origin });
  const isKnown = Number(known) === 1 || mark.revisionId === seen.revisionId || seen.revision === 0;
  const course = courseOf(seen, mark, isKnown);
  if (Number(types) || Number(purged)) return { ...mark, course, onlyItems: false };
  const items = rows.length > mostItems ? undefined : rows.filter(isItem).map(toItemRow);
  return { ...mark, course, onlyItems: true, items };
}

/** Code without ids of revisions raises their number alone. */
function courseOf(seen: RevisionMark, now: RevisionMark, isKnown: boolean): Head["course"] {
  if (now.revision === seen.revision) return now.revisionId === seen.revisionId ? "same" : "other";
  return now.revision > seen.revision && isKnown ? "later" : "other";
}

/** Whether there was an item to join. */
const isItem = (row: HeadRow): row is HeadRow & Parameters<typeof toItemRow>[0] => row.id !== null;
