import { type KyselyPlugin, QueryNode, SelectModifierNode, SelectQueryNode, sql } from "kysely";
import type { StoreDialect } from "../dialect.ts";
import { retry } from "../retry.ts";
import { schemaOf } from "../schema.ts";
import { isTransactionConflict, isWriteRefused, serverErrorCode } from "../server-error.ts";

const lockSeconds = 300;

/**
 * Under "repeatable read", MySQL's default, a transaction writes to rows as they are now and reads them as they
 * were when it began, unless it locks what it reads.
 */
const lockingReads: KyselyPlugin = {
  transformQuery: ({ node }) =>
    SelectQueryNode.is(node)
      ? QueryNode.cloneWithEndModifier(node, SelectModifierNode.create("ForUpdate"))
      : node,
  transformResult: async ({ result }) => result,
};

export const mysqlDialect: StoreDialect = {
  name: "mysql",
  migratesOnOpen: false,
  pollIntervalMs: 1_000,
  hasSchemas: true,
  defaultSchema: undefined,
  upsert: "on duplicate key",
  columns: {
    id: sql`varchar(36) character set ascii collate ascii_bin`,
    name: sql`varchar(100) character set utf8mb4 collate utf8mb4_bin`,
    word: sql`varchar(32) character set ascii collate ascii_bin`,
    text: sql`longtext character set utf8mb4 collate utf8mb4_bin`,
    integer: sql`integer`,
    bigint: sql`bigint`,
  },
  write: (db, work) =>
    retry(
      () => db.transaction().setIsolationLevel("read committed").execute(work),
      isTransactionConflict,
      30_000,
    ),
  read: (db, work) =>
    db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work),
  // DDL commits by itself here, so the lock is the connection's, and every migration can be run again.
  lockMigrations: (db, name, work) =>
    db.connection().execute(async (connection) => {
      const { rows } = await sql<{
        locked: unknown;
      }>`select get_lock(${name}, ${lockSeconds}) as locked`.execute(connection);
      if (Number(rows[0]?.locked) !== 1) {
        throw new Error(`another process has been migrating for over ${lockSeconds} s`);
      }
      try {
        return await work(connection);
      } finally {
        await sql`select release_lock(${name})`.execute(connection).catch(() => undefined);
      }
    }),
  async hasColumn(db, table, column) {
    const query = sql`
      select 1 from information_schema.columns
      where table_schema = coalesce(${schemaOf(db) ?? null}, database()) and table_name = ${table} and column_name = ${column}`;
    return (await query.execute(db)).rows.length > 0;
  },
  latest: (transaction) => transaction.withPlugin(lockingReads),
  isBlocked: (error) => serverErrorCode(error) === "ER_LOCK_WAIT_TIMEOUT",
  refusesWrites: isWriteRefused,
  isMissingTable: (error) => serverErrorCode(error) === "ER_NO_SUCH_TABLE",
  isMissingSchema: (error) => serverErrorCode(error) === "ER_BAD_DB_ERROR",
  isForeignKeyViolation: (error) =>
    serverErrorCode(error) === "ER_ROW_IS_REFERENCED_2" || serverErrorCode(error) === "ER_ROW_IS_REFERENCED",
};
