import { type CompiledQuery, type Selectable, sql } from "kysely";
import type { Db, StoreDialect } from "./dialect.ts";
import { type Mark, type RevisionMark, toMark } from "./mark.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import type { ItemRow } from "./rows.ts";
import { toItemRow } from "./stored-rows.ts";
import type { TableNames } from "./table-names.ts";
import type { ItemTable, RevisionTable } from "./tables.ts";
import { isOnTrail } from "./trail.ts";

/** What changed since a revision that was read before. */
export interface Changes extends Mark {
  /**
   * `same`: nothing changed. `later`: the database is further on, though whether by changes on top of that revision only
   * `onlyItems`, or reading the changes, tells. `other`: it is not at a successor of that revision. An older copy was
   * restored, or one that went on by itself took its place.
   */
  readonly course: "same" | "later" | "other";
  /** Whether all changes are known to be to items that are still there: so it is with most of what operators do. */
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

/** Stands in the compiled query for the revision that it asks about. No revision has such a number. */
const since = -1;

/**
 * Looks for changes, in one statement, which sees the database at one moment. Every process asks this again and
 * again, and all of them at once after a change: so it is compiled once.
 */
export class HeadQuery {
  readonly #dialect: HeadDialect;
  readonly #tables: TableNames;
  readonly #namespace: string;
  readonly #reader: RowReader;
  #compiled: CompiledQuery<HeadRow> | undefined;

  constructor(dialect: HeadDialect, tables: TableNames, namespace: string, faults: RowFaults) {
    this.#dialect = dialect;
    this.#tables = tables;
    this.#namespace = namespace;
    this.#reader = new RowReader(tables.item, faults);
  }

  /** Before there are connections, so that they can prepare it. */
  compile(db: Db): CompiledQuery<HeadRow> {
    if (this.#compiled === undefined) {
      const few = query(db, this.#dialect, this.#tables, this.#namespace);
      // By the index: a plan that is kept would else read a large table for the first few rows. Others see by
      // themselves that they are few, and MySQL would sort them in a table on its disk.
      this.#compiled = (this.#dialect.keepsPlans ? few.orderBy("item.revision") : few).compile();
    }
    return this.#compiled;
  }

  async read(db: Db, before: RevisionMark): Promise<Head> {
    const compiled = this.compile(db);
    const parameters = compiled.parameters.map((value) => (value === since ? before.revision : value));
    const asked: CompiledQuery<HeadRow> = { ...compiled, parameters };
    return toHead((await db.executeQuery(asked)).rows, before, this.#reader);
  }
}

type HeadDialect = Pick<StoreDialect, "keepsPlans" | "packed">;

/** With an item that changed, where one did: packed, or each column of it for itself. */
interface HeadRow extends Pick<Selectable<RevisionTable>, "revision_id" | "origin" | "trail"> {
  readonly current: number;
  readonly circuits: number | string | null;
  readonly packed?: string | null;
  /** The item's, beside what is packed: JSON.parse would round one that a hand made too large. */
  readonly revision: unknown;
}

function query(db: Db, { packed }: HeadDialect, tables: TableNames, namespace: string) {
  const found = db
    .selectFrom(`${tables.revision} as head`)
    .leftJoin(`${tables.item} as item`, (join) =>
      join.onRef("item.namespace", "=", "head.namespace").on("item.revision", ">", since),
    )
    .select(["head.revision as current", "head.revision_id", "head.origin", "head.trail"])
    .select(({ selectFrom }) =>
      selectFrom(tables.circuit)
        .select(({ fn }) => fn.sum<number | string>("mark").as("marks"))
        .where("namespace", "=", namespace)
        .as("circuits"),
    )
    .where("head.namespace", "=", namespace)
    .limit(sql.lit(mostItems + 1));
  return packed
    ? found.select([packed("item").as("packed"), "item.revision"]).$castTo<HeadRow>()
    : found.selectAll("item").$castTo<HeadRow>();
}

function toHead(rows: readonly HeadRow[], before: RevisionMark, reader: RowReader): Head {
  const [first] = rows;
  if (first === undefined) {
    const nothing = toMark(undefined);
    return { ...nothing, course: courseOf(before, nothing), circuits: "0", onlyItems: false };
  }
  const { current, revision_id, origin, trail } = first;
  const circuits = String(first.circuits ?? 0);
  const mark = toMark({ revision: current, revision_id, origin });
  const course = courseOf(before, mark);
  if (course === "same") return { ...mark, course, circuits, onlyItems: true, items: [] };
  const onlyItems = course === "later" && isOnTrail({ ...mark, trail }, before);
  if (!onlyItems) return { ...mark, course, circuits, onlyItems };
  const items = rows.length > mostItems ? undefined : rows.flatMap((row) => itemIn(row, reader));
  return { ...mark, course, circuits, onlyItems, items };
}

function courseOf(before: RevisionMark, now: RevisionMark): Head["course"] {
  if (now.revision === before.revision) return now.revisionId === before.revisionId ? "same" : "other";
  return now.revision > before.revision ? "later" : "other";
}

/** None where there was no item to join. */
function itemIn(row: HeadRow, reader: RowReader): ItemRow[] {
  const { packed, revision } = row;
  if (revision === null) return [];
  const item: object = packed ? { ...JSON.parse(packed), revision } : row;
  return [toItemRow(item as Selectable<ItemTable>, reader)];
}
