import { setTimeout as sleep } from "node:timers/promises";
import { type DialectAdapter, sql } from "kysely";
import { systemClock } from "../time/clock.ts";
import type { Db, StoreDialect } from "./dialect.ts";

/** For so long a rollback is repeated, in milliseconds: a statement before it may wait for a lock until it is answered. */
const limitMs = 60_000;
const pauseMs = 100;

/** The Kysely instances whose pool closes what comes back in the middle of a transaction. Known by the adapter. */
const guarded = new WeakSet<DialectAdapter>();

/** Says of an instance that its pool closes connections that come back in the middle of a transaction. */
export function guardsTransactions(db: Db): void {
  guarded.add(db.getExecutor().adapter);
}

/**
 * Rolls back a transaction that failed; an error here says nothing that the one before has not said better. A client may
 * stop to wait for the answer, as pg does after its `query_timeout`. A pool that plugbay has then closes the connection.
 * A Kysely instance would give it to others in the middle of the transaction: so it is kept until the server has
 * answered, or is gone.
 *
 * @param onWait is called when the first answer did not come
 */
export async function rollBack(
  connection: Db,
  dialect: Pick<StoreDialect, "meaningOf">,
  onWait: () => void = () => undefined,
): Promise<void> {
  const deadline = systemClock.monotonic() + limitMs;
  const { adapter } = connection.getExecutor();
  for (;;) {
    try {
      await sql`rollback`.execute(connection);
      return;
    } catch (error) {
      const kind = dialect.meaningOf(error)?.kind;
      if (guarded.has(adapter) || kind !== "cancelled" || systemClock.monotonic() > deadline) return;
    }
    onWait();
    await sleep(pauseMs);
  }
}
