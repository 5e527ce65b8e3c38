import {
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from "kysely";
import { propertyOf } from "../../thrown.ts";
import { retry } from "../retry.ts";
import { isBusy } from "./sqlite-dialect.ts";

/** How long a statement waits for the locks of other connections, in milliseconds. */
const limitMs = 5_000;

/**
 * Kysely's dialect, whose statements wait for locks by trying again. The driver's own wait, SQLite's busy timeout,
 * blocks the thread: nothing else would run meanwhile, no read on another connection either.
 */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new PatientSqliteDriver({ database: this.#database });
  }
}

class PatientSqliteDriver extends SqliteDriver {
  #connection: DatabaseConnection | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.#connection ??= patient(connection);
    return this.#connection;
  }
}

const patient = (connection: DatabaseConnection): DatabaseConnection => ({
  executeQuery: (query) => retry(() => connection.executeQuery(query), mayPass, limitMs),
  streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
});

/** What a transaction has read is outdated: that it stays (SQLITE_BUSY_SNAPSHOT). */
const outdated = 517;

const mayPass = (error: unknown): boolean => isBusy(error) && propertyOf(error, "errcode") !== outdated;
