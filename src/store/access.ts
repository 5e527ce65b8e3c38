import { withWrittenRows } from "./client-rows.ts";
import type { ConnectionQueue } from "./connection-queue.ts";
import type { Db, StoreDialect } from "./dialect.ts";

type Work<T> = (db: Db) => Promise<T>;

/** The ways to the database. */
export interface Access {
  /** Runs statements that need not belong together. */
  use<T>(work: Work<T>): Promise<T>;
  /** Runs queries that see the database at one moment. */
  read<T>(work: Work<T>): Promise<T>;
  /** Runs what is written as a whole or not at all. */
  write<T>(work: Work<T>): Promise<T>;
}

/** By connections of its own, or of the queue where they are the application's. */
export function connectionAccess(db: Db, dialect: StoreDialect, queue: ConnectionQueue | undefined): Access {
  const use = <T>(work: Work<T>): Promise<T> =>
    queue ? queue.run(async (connection) => work(await withWrittenRows(connection))) : work(db);
  return {
    use,
    read: (work) => use((connection) => dialect.read(connection, work)),
    write: (work) => use((connection) => dialect.write(connection, work)),
  };
}
