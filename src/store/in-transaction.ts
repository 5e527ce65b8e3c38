import { sql } from "kysely";
import type { Db, StoreDialect } from "./dialect.ts";
import { rollBack } from "./roll-back.ts";

/**
 * Runs `work` in a transaction on one connection. Not by Kysely's own `transaction()`, which gives the connection back
 * whatever became of the rollback.
 *
 * @param begin the statements that begin it
 */
export function inTransaction<T>(
  db: Db,
  dialect: Pick<StoreDialect, "meaningOf">,
  begin: readonly string[],
  work: (transaction: Db) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    try {
      for (const statement of begin) await sql.raw(statement).execute(connection);
      const value = await work(connection);
      await sql`commit`.execute(connection);
      return value;
    } catch (error) {
      await rollBack(connection, dialect);
      throw error;
    }
  });
}
