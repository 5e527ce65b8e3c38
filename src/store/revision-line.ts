import type { Db, StoreDialect } from "./dialect.ts";
import { insertNew } from "./insert-new.ts";
import { type Mark, toMark } from "./mark.ts";
import type { LineQuery, Query, Turn } from "./query.ts";
import type { TableNames } from "./table-names.ts";
import { newUuid } from "./uuid.ts";

/** The namespace's row, in whose lock its writers queue: so they cannot deadlock, and revisions commit in order. */
export const lineOf = (db: Db, tables: TableNames, namespace: string): LineQuery =>
  db
    .selectFrom(tables.revision)
    .select(["revision", "revision_id", "origin", "trail"])
    .where("namespace", "=", namespace);

export const markOf = ([row]: Turn["line"]): Mark => toMark(row as Parameters<typeof toMark>[0]);

export const trailAt = ([row]: Turn["line"]): string | null =>
  (row as { readonly trail: string | null } | undefined)?.trail ?? null;

/** The turn of a writer who has found no row to queue at: makes it, and queues. */
export async function turnAtNewLine(
  transaction: Db,
  dialect: StoreDialect,
  tables: TableNames,
  namespace: string,
  reads: readonly Query[],
): Promise<Turn> {
  const insert = transaction
    .insertInto(tables.revision)
    .values({ namespace, revision: 0, origin: newUuid() });
  await insertNew(dialect.upsert, insert);
  return dialect.wait(transaction, lineOf(transaction, tables, namespace), reads);
}

/** Gives the namespace's row a mark. Where that is the one it has, the row is written all the same, and its readers see that. */
export const raiseRevision = (
  db: Db,
  tables: TableNames,
  namespace: string,
  { revision, revisionId, origin }: Mark,
  trail: string | null,
): Query =>
  db
    .updateTable(tables.revision)
    .set({ revision, revision_id: revisionId || null, origin, trail })
    .where("namespace", "=", namespace);
