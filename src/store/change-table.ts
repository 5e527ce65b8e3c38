import type { Db } from "./dialect.ts";
import type { Mark } from "./mark.ts";
import type { Query } from "./query.ts";
import type { TableNames } from "./table-names.ts";

/** What a change that is repeated is known by. */
export interface Repetition {
  /** As the caller gave it. */
  readonly key: string;
  /** What was asked for: what has the same key and asks for something else is no repetition. */
  readonly request: string;
  /** How many rows were changed under the key in transactions before this one. Default 0. */
  readonly changedBefore?: number;
}

/** A change that was made under a key. */
export interface FirstChange {
  readonly revision: number;
  /** How many rows are not as they were. */
  readonly changed: number;
  readonly request: string;
}

interface Noted {
  readonly id: string;
  readonly namespace: string;
  readonly mark: Mark;
  readonly at: string;
  readonly repetition: Repetition | undefined;
}

/** Notes a change, by which it is found again. */
export const noteChange = (
  db: Db,
  tables: TableNames,
  changed: number,
  { id, namespace, mark, at, repetition }: Noted,
): Query =>
  db.insertInto(tables.change).values({
    id,
    namespace,
    revision: mark.revision,
    changed: changed + (repetition?.changedBefore ?? 0),
    change_key: repetition?.key ?? null,
    request: repetition?.request ?? null,
    created_at: at,
  });

export const changeById = (db: Db, tables: TableNames, id: string) =>
  db.selectFrom(tables.change).select("revision").where("id", "=", id);

export const changeByKey = (db: Db, tables: TableNames, namespace: string, key: string) =>
  db
    .selectFrom(tables.change)
    .select(["revision", "changed", "request"])
    .where("namespace", "=", namespace)
    .where("change_key", "=", key);

/** The change that a query by key has found, if there is one. */
export function toFirstChange([row]: readonly object[] = []): FirstChange | undefined {
  if (row === undefined) return undefined;
  const { revision, changed, request } = row as Record<keyof FirstChange, unknown>;
  return { revision: Number(revision), changed: Number(changed), request: String(request) };
}
