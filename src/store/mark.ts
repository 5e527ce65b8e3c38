import type { Selectable } from "kysely";
import type { Db } from "./dialect.ts";
import { RevisionUnreadableError } from "./errors.ts";
import { asInteger } from "./stored-integer.ts";
import type { TableNames } from "./table-names.ts";
import type { RevisionTable } from "./tables.ts";

/** Where the namespace's data stand. */
export interface Mark {
  /** The revision of the last change; 0 where there was none. */
  readonly revision: number;
  /** The random id of that revision; `""` where it has none. */
  readonly revisionId: string;
  /** The random id of the namespace's data, which copies of the database keep; `""` where it has none. */
  readonly origin: string;
}

/** A revision by its number and its random id: a copy of the database may have gone on from it by itself. */
export type RevisionMark = Pick<Mark, "revision" | "revisionId">;

/** There is room for one more behind it that a number holds exactly. */
export const maxRevision = Number.MAX_SAFE_INTEGER - 1;

/** @throws RevisionUnreadableError */
export const toMark = (
  row: Pick<Selectable<RevisionTable>, "revision" | "revision_id" | "origin"> | undefined,
): Mark => ({
  revision: row === undefined ? 0 : readRevision(row.revision),
  revisionId: row?.revision_id ?? "",
  origin: row?.origin ?? "",
});

function readRevision(value: unknown): number {
  const revision = asInteger(value);
  if (revision === undefined || revision < 0 || revision > maxRevision) {
    throw new RevisionUnreadableError(value);
  }
  return revision;
}

export const isSameMark = (one: Mark, other: Mark): boolean =>
  one.revision === other.revision && one.revisionId === other.revisionId && one.origin === other.origin;

export async function readMark(db: Db, tables: TableNames, namespace: string): Promise<Mark> {
  const row = await db
    .selectFrom(tables.revision)
    .select(["revision", "revision_id", "origin"])
    .where("namespace", "=", namespace)
    .executeTakeFirst();
  return toMark(row);
}
