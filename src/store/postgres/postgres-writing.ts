import { sql } from "kysely";
import type { Db, StoreDialect } from "../dialect.ts";
import type { Answers, LineQuery, Query, Turn } from "../query.ts";
import { postgresMeaning } from "./postgres-errors.ts";

/** Writes in four round trips: what is read goes out as one statement, and so does what is written. */
export const postgresWriting: Pick<
  StoreDialect,
  "begin" | "wait" | "writeAll" | "commit" | "isRepeatable" | "notice"
> = {
  async begin(connection, line, reads, lockMs) {
    await sql`start transaction isolation level read committed`.execute(connection);
    // What holds the lock may be waiting for this very write: the server cannot see that.
    return waitAfter([lockLimit(connection, lockMs)], connection, line, reads);
  },
  wait: (transaction, line, reads) => waitAfter([], transaction, line, reads),
  async writeAll(transaction, queries, lockMs) {
    if (lockMs !== undefined) await transaction.executeQuery(lockLimit(transaction, lockMs));
    const others = queries.slice(0, -1).map((query, index) => sql`${sql.id(`part_${index}`)} as (${query})`);
    const [last] = queries.slice(-1);
    if (last === undefined) return;
    if (others.length === 0) await transaction.executeQuery(last);
    else await sql`with ${sql.join(others)} ${last}`.execute(transaction);
  },
  async commit(connection) {
    await sql`commit`.execute(connection);
  },
  isRepeatable: (error) => postgresMeaning(error)?.kind === "conflict",
  notice: (db, topic, revisionId) => db.selectNoFrom(sql`pg_notify(${topic}, ${revisionId})`.as("notice")),
};

/** How long each lock is waited for, until the transaction ends. */
const lockLimit = (db: Db, ms: number): Query =>
  db.selectNoFrom(sql`set_config('lock_timeout', ${sql.lit(String(Math.ceil(ms)))}, true)`.as("current"));

/**
 * A statement sees the database as it was before it waited for a lock, but for the row that it has locked. So the row is
 * also read without the lock: where the two differ, another writer came in between, and the rest is read again.
 * Every writer gives the row a new version, which has another `xmin`.
 */
async function waitAfter(
  first: readonly Query[],
  transaction: Db,
  line: LineQuery,
  reads: readonly Query[],
): Promise<Turn> {
  const versioned = line.select(sql<string>`xmin::text`.as("current"));
  const queries = [...first, versioned.forUpdate(), versioned, ...reads];
  const [now = [], then = [], ...answers] = (await readAll(transaction, queries)).slice(first.length);
  const isOvertaken = JSON.stringify(now) !== JSON.stringify(then);
  return { line: now, answers: isOvertaken ? await readAll(transaction, reads) : answers };
}

type Part = { readonly position: number; readonly entries: string | null };

/** In one statement, which takes up the queries in their order and has the rows of each as JSON. */
async function readAll(db: Db, queries: readonly Query[]): Promise<Answers> {
  if (queries.length === 0) return [];
  const parts = queries.map((query, index) => {
    const entries = sql`(select json_agg(part)::text from (${query}) as part)`;
    return sql`select ${sql.lit(index)} as position, ${entries} as entries`;
  });
  const { rows } = await sql<Part>`${sql.join(parts, sql` union all `)}`.execute(db);
  const answers: object[][] = queries.map(() => []);
  for (const { position, entries } of rows) {
    if (entries !== null) answers[position] = JSON.parse(entries) as object[];
  }
  return answers;
}
