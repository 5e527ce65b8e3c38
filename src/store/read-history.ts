import { type ExpressionBuilder, sql } from "kysely";
import { isAscii } from "./ascii.ts";
import type { AuditEntry } from "./audit.ts";
import type { Db } from "./dialect.ts";
import { idsPerQuery } from "./read-rows.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import { toAuditEntry } from "./stored-entry.ts";
import type { TableNames } from "./table-names.ts";
import type { Tables } from "./tables.ts";

export interface HistoryFilter {
  /** The id of an item or a type. */
  readonly entityId?: string | undefined;
  /** The id of a type: its own entries, and those of its items. */
  readonly typeId?: string | undefined;
  /** A part of the name of who made the change; whether A to Z are capitals does not matter. */
  readonly actor?: string | undefined;
  /** A part of the reason that was given for the change; whether A to Z are capitals does not matter. */
  readonly reason?: string | undefined;
  /** Where the change came from: `cli`, `api`, `admin`, `sync` or `django`. */
  readonly source?: string | undefined;
  /** ISO 8601; entries from here on. */
  readonly since?: string | undefined;
  /** ISO 8601; entries up to, and without, this moment. */
  readonly until?: string | undefined;
  /** Only entries older than this one, for the next page. */
  readonly before?: { readonly revision: number; readonly position: number } | undefined;
  readonly limit: number;
}

/** What an integer column has room for. */
const maxPosition = 2 ** 31 - 1;

/** What an entry has to be; undefined where there can be none. */
export function matching(filter: Omit<HistoryFilter, "limit">) {
  const { entityId, typeId, actor, reason, source, since, until, before } = filter;
  if (![entityId, typeId, source, since, until].every((text = "") => isAscii(text))) return undefined;
  return (where: ExpressionBuilder<Tables, "plugbay_audit">) => {
    // What was edited into no number that a page could begin after.
    const all = [
      where.between("revision", 0, Number.MAX_SAFE_INTEGER),
      where.between("position", 0, maxPosition),
    ];
    if (entityId !== undefined) all.push(where("entity_id", "=", entityId));
    if (typeId !== undefined) all.push(where("type_id", "=", typeId));
    if (source !== undefined) all.push(where("source", "=", source));
    if (since !== undefined) all.push(where("at", ">=", since));
    if (until !== undefined) all.push(where("at", "<", until));
    if (before !== undefined) {
      const earlier = where.and([
        where("revision", "=", before.revision),
        where("position", "<", before.position),
      ]);
      all.push(where.or([where("revision", "<", before.revision), earlier]));
    }
    const parts = Object.entries({ actor, reason }).flatMap(([column, part]) =>
      part === undefined ? [] : hasPart(column, part),
    );
    return where.and([...all, ...parts]);
  };
}

/** Changes of the namespace, the latest first. */
export async function readHistory(
  db: Db,
  tables: TableNames,
  namespace: string,
  filter: HistoryFilter,
  faults: RowFaults,
): Promise<AuditEntry[]> {
  const conditions = matching(filter);
  if (conditions === undefined) return [];
  const rows = await db
    .selectFrom(tables.audit)
    .selectAll()
    .where("namespace", "=", namespace)
    .where(conditions)
    .orderBy("revision", "desc")
    .orderBy("position", "desc")
    .limit(filter.limit)
    .execute();
  const reader = new RowReader(tables.audit, faults);
  return rows.map((row) => toAuditEntry(row, reader));
}

/** Whether a column has a text in it: as it is, or without regard to capitals, as far as the database knows them. */
function hasPart(column: string, part: string) {
  const pattern = (text: string) => `%${text.replace(/[!%_]/g, "!$&")}%`;
  const name = sql.ref(column);
  return sql<boolean>`(${name} like ${pattern(part)} escape '!' or lower(${name}) like ${pattern(part.toLowerCase())} escape '!')`;
}

/** Notes the entries that no page shows, because their place in the history was edited into none. */
export async function noteUnreadableEntries(
  db: Db,
  tables: TableNames,
  namespace: string,
  faults: RowFaults,
): Promise<void> {
  const rows = await db
    .selectFrom(tables.audit)
    .select(["revision", "position", "entity_id"])
    .where("namespace", "=", namespace)
    .where((where) =>
      where.or([
        where.not(where.between("revision", 0, Number.MAX_SAFE_INTEGER)),
        where.not(where.between("position", 0, maxPosition)),
      ]),
    )
    .limit(100)
    .execute();
  for (const { revision, position, entity_id } of rows) {
    const id = `${revision}-${position}`;
    const fault = {
      ...{ table: tables.audit, id, column: "revision, position", isGrave: false },
      problem: "are no integers that a page of the history could begin after",
      effect: `a change of ${entity_id} is not shown`,
      fix: "correct them, or delete the row",
    };
    faults.note(tables.audit, id, [fault], "place");
  }
}

/** How many changes there are of the items and types of these ids. */
export async function countHistory(
  db: Db,
  tables: TableNames,
  namespace: string,
  ids: readonly string[],
): Promise<number> {
  let count = 0;
  const possible = ids.filter(isAscii);
  for (let start = 0; start < possible.length; start += idsPerQuery) {
    const { entries } = await db
      .selectFrom(tables.audit)
      .select(({ fn }) => fn.countAll().as("entries"))
      .where("namespace", "=", namespace)
      .where("entity_id", "in", possible.slice(start, start + idsPerQuery))
      .executeTakeFirstOrThrow();
    count += Number(entries);
  }
  return count;
}
