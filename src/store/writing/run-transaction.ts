import { sql } from "kysely";
import { systemClock } from "../../time/clock.ts";
import { within } from "../../time/within.ts";
import type { Db, StoreDialect } from "../dialect.ts";
import type { Outcome } from "./outcome.ts";
import type { TransactionWork } from "./transaction-work.ts";

/** How long the answer to COMMIT is waited for before it counts as lost, in milliseconds. */
const silenceLimitMs = 5_000;

/**
 * Runs a transaction on one connection. Not by Kysely's own `transaction()`: of a commit and a rollback that both fail,
 * as they do when the connection is lost, that one tells the second error and not which of them it was.
 *
 * @param tell hears of the outcome, which may be before the connection is free again
 */
export function runTransaction<T>(
  db: Db,
  dialect: StoreDialect,
  { line, reads, decide }: TransactionWork<T>,
  tell: (outcome: Outcome<T>) => void,
): Promise<void> {
  return db.connection().execute(async (connection) => {
    let made: { readonly value: T; readonly isWritten: boolean };
    try {
      const turn = await dialect.begin(connection, line(connection), reads(connection));
      made = await decide(connection, turn);
    } catch (error) {
      await rollBack(connection);
      return tell({ kind: "failed", error });
    }
    const { value, isWritten } = made;
    if (!isWritten) {
      await rollBack(connection);
      return tell({ kind: "committed", value });
    }
    const committing = dialect.commit(connection);
    try {
      await within(systemClock, silenceLimitMs, "the answer to COMMIT", committing);
      return tell({ kind: "committed", value });
    } catch (error) {
      tell({ kind: "unknown", value, error });
    }
    // The connection is nobody else's before it has answered, or is given up.
    await committing.catch(() => rollBack(connection));
  });
}

/** An error here says nothing that the one before it has not said better. */
async function rollBack(connection: Db): Promise<void> {
  await sql`rollback`.execute(connection).catch(() => undefined);
}
