import type { Db, StoreDialect } from "../dialect.ts";
import { rollBack } from "../roll-back.ts";
import { answeredWithin } from "../ticks.ts";
import type { Outcome } from "./outcome.ts";
import type { TransactionWork } from "./transaction-work.ts";

/** How long the answer to COMMIT is waited for before it counts as lost, in milliseconds. */
const silenceLimitMs = 5_000;

/**
 * Runs a transaction on one connection. Not by Kysely's own `transaction()`: of a commit and a rollback that both fail,
 * as they do when the connection is lost, that one tells the second error and not which of them it was.
 *
 * @param tell hears of the outcome, which may be before the connection is free again: `isHeld` says so
 */
export function runTransaction<T>(
  db: Db,
  dialect: StoreDialect,
  { lockWait, line, reads, decide }: TransactionWork<T>,
  tell: (outcome: Outcome<T>, isHeld: boolean) => void,
): Promise<void> {
  return db.connection().execute(async (connection) => {
    const end = async (outcome: Outcome<T>): Promise<void> => {
      await rollBack(connection, dialect, () => tell(outcome, true));
      tell(outcome, false);
    };
    let made: { readonly value: T; readonly isWritten: boolean };
    try {
      const turn = await dialect.begin(connection, line(connection), reads(connection), lockWait.begin());
      made = await decide(connection, turn);
    } catch (error) {
      return end({ kind: "failed", error });
    }
    const { value, isWritten } = made;
    if (!isWritten) return end({ kind: "committed", value });
    const committing = dialect.commit(connection, lockWait.nextMs);
    try {
      await answeredWithin(silenceLimitMs, committing);
      return tell({ kind: "committed", value }, false);
    } catch (error) {
      tell({ kind: "unknown", value, error }, true);
    }
    // The connection is nobody else's before it has answered, or is given up.
    await committing.catch(() => rollBack(connection, dialect));
  });
}
