import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import { InvalidOptionError } from "../definition/errors.ts";
import type { Access } from "./access.ts";
import type { AnyKysely, AnyTransaction } from "./any-kysely.ts";
import { withWrittenRows } from "./client-rows.ts";
import type { Database } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { TransactionUnusableError } from "./errors.ts";
import { isKysely, kyselyDatabase } from "./kysely-database.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import { ownQueries } from "./own-queries.ts";
import type { Outcome } from "./writing/outcome.ts";
import type { TransactionWork } from "./writing/transaction-work.ts";

/** The last thing that was begun in a transaction: savepoints nest, and so cannot be set side by side. */
const turns = new WeakMap<AnyTransaction, Promise<unknown>>();

/** @throws InvalidOptionError for what is no open transaction of such a database */
export function checkTransaction(
  transaction: KyselyTransaction,
  { name }: StoreDialect,
): asserts transaction is AnyTransaction {
  if (!isKysely(transaction) || transaction.isTransaction !== true) {
    const expectation = "it is a transaction of Kysely, as db.transaction().execute(...) hands it over";
    throw new InvalidOptionError("transaction", transaction, expectation);
  }
  const { dialect } = kyselyDatabase(transaction.withoutPlugins());
  if (dialect.name !== name) {
    throw new InvalidOptionError(
      "transaction",
      dialect.name,
      `it is of plugbay's database, which is ${name}`,
    );
  }
}

/**
 * By a transaction of the application, which it begins and ends itself. What is refused goes back to a savepoint:
 * nothing of it is committed, and the transaction can go on.
 */
export function transactionAccess(
  transaction: AnyTransaction,
  { dialect, schema }: Pick<Database, "dialect" | "schema">,
): Access {
  const all: AnyKysely = transaction;
  const db = dialect.latest(ownQueries(all, dialect, schema));
  const use = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
    withWrittenRows(db)
      .then(work)
      .catch((error: unknown) => {
        throw inWords(error, dialect);
      });
  const write = <T>(work: TransactionWork<T>): Promise<Outcome<T>> => {
    const begin = (): Promise<Outcome<T>> =>
      use((written) => atSavepoint(written, dialect, work)).then(
        (value): Outcome<T> => ({ kind: "committed", value }),
        (error: unknown): Outcome<T> => ({ kind: "failed", error }),
      );
    const turn = (turns.get(transaction) ?? Promise.resolve()).then(begin);
    turns.set(transaction, turn);
    return turn;
  };
  return { look: use, list: use, read: use, use, note: use, alter: use, write, life: async () => "unknown" };
}

async function atSavepoint<T>(
  db: Db,
  dialect: StoreDialect,
  { line, reads, decide }: TransactionWork<T>,
): Promise<T> {
  // A call that was not awaited may meet the end of its transaction. Drivers of SQLite answer at once, so after
  // this pause that end is either over, and the savepoint refused, or not to come before the change is made:
  // behind a commit, a savepoint of SQLite would begin a transaction that nobody ends.
  await setImmediate();
  await sql`savepoint plugbay_change`.execute(db);
  try {
    const { value, isWritten } = await decide(db, await dialect.wait(db, line(db), reads(db)));
    const end = isWritten ? sql`release savepoint plugbay_change` : sql`rollback to savepoint plugbay_change`;
    await end.execute(db);
    return value;
  } catch (error) {
    if (hasEnded(error, dialect)) throw new TransactionUnusableError(endedMeanwhile, error);
    // A deadlock has undone everything already, savepoints included; the first error is the one to report.
    await sql`rollback to savepoint plugbay_change`.execute(db).catch(() => undefined);
    throw error;
  }
}

const endedMeanwhile =
  "it ended while the change was being made, which may have been committed in part; " +
  "await what is done in it before it ends";

const hasEnded = (error: unknown, dialect: StoreDialect): boolean =>
  dialect.meaningOf(error)?.kind === "transaction-ended";

function inWords(error: unknown, dialect: StoreDialect): unknown {
  if (hasEnded(error, dialect)) {
    return new TransactionUnusableError("it has ended; await what is done in it before it ends", error);
  }
  if (dialect.meaningOf(error)?.kind === "missing-table") {
    const problem =
      "plugbay's tables are not in its database; it must be a transaction of plugbay's own database";
    return new TransactionUnusableError(problem, error);
  }
  return error;
}
