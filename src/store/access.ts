import { withWrittenRows } from "./client-rows.ts";
import type { ConnectionQueue } from "./connection-queue.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import type { Outcome } from "./writing/outcome.ts";
import { runTransaction } from "./writing/run-transaction.ts";
import type { TransactionWork } from "./writing/transaction-work.ts";

type Work<T> = (db: Db) => Promise<T>;

/** The ways to the database. */
export interface Access {
  /** Runs statements that need not belong together. */
  use<T>(work: Work<T>): Promise<T>;
  /** Runs queries that see the database at one moment. */
  read<T>(work: Work<T>): Promise<T>;
  /** Runs what is written as a whole or not at all. Never rejects: what went wrong is in the outcome. */
  write<T>(work: TransactionWork<T>): Promise<Outcome<T>>;
}

/** By connections of its own, or of the queue where they are the application's. */
export function connectionAccess(db: Db, dialect: StoreDialect, queue: ConnectionQueue | undefined): Access {
  const use = <T>(work: Work<T>): Promise<T> =>
    queue ? queue.run(async (connection) => work(await withWrittenRows(connection))) : work(db);
  const write = <T>(work: TransactionWork<T>): Promise<Outcome<T>> =>
    new Promise((resolve) => {
      let told: Outcome<T> | undefined;
      const transaction = use((connection) =>
        runTransaction(connection, dialect, work, (outcome) => {
          told = outcome;
          // A connection that does not answer is not waited for.
          if (outcome.kind === "unknown") resolve(outcome);
        }),
      );
      // Else once the connection is back, and whatever its return comes to.
      transaction.then(
        () => told && resolve(told),
        (error: unknown) => resolve(told ?? { kind: "failed", error }),
      );
    });
  return { use, read: (work) => use((connection) => dialect.read(connection, work)), write };
}
