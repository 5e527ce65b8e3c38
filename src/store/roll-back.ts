import { setTimeout as sleep } from "node:timers/promises";
import { type DialectAdapter, sql } from "kysely";
import type { Db, StoreDialect } from "./dialect.ts";

/** Between one rollback that was not answered and the next, in milliseconds. */
const pauseMs = 100;

/** The Kysely instances whose pool closes what comes back in the middle of a transaction. Known by the adapter. */
const guarded = new WeakSet<DialectAdapter>();

/** Says of an instance that its pool closes connections that come back in the middle of a transaction. */
export function guardsTransactions(db: Db): void {
  guarded.add(db.getExecutor().adapter);
}

/**
 * Rolls back a transaction that failed. An error here says nothing that the one before has not said better.
 *
 * A client may stop waiting for the answer, as pg does after its `query_timeout`. A guarded pool closes the connection
 * then. A Kysely instance of the application would hand it on in the middle of the transaction. So it is kept until
 * the server has answered, or the connection is gone.
 *
 * @param onWait is called when the first answer did not come
 */
export async function rollBack(
  connection: Db,
  dialect: Pick<StoreDialect, "meaningOf">,
  onWait: () => void = () => undefined,
): Promise<void> {
  const { adapter } = connection.getExecutor();
  for (;;) {
    try {
      await sql`rollback`.execute(connection);
      return;
    } catch (error) {
      const kind = dialect.meaningOf(error)?.kind;
      if (guarded.has(adapter) || kind !== "cancelled") return;
    }
    onWait();
    await sleep(pauseMs);
  }
}
