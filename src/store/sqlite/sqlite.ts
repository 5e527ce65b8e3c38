import { Kysely, type SqliteDatabase as KyselySqliteDatabase } from "kysely";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { Connection, Database } from "../database.ts";
import { lockLimitMs } from "../lock-limit.ts";
import { retry } from "../retry.ts";
import type { Tables } from "../tables.ts";
import {
  loadSqliteDriver,
  type SqliteDatabase,
  type SqliteDatabaseClass,
  type SqliteStatement,
} from "./load-driver.ts";
import { PatientSqliteDialect } from "./patient-dialect.ts";
import { isBusy, sqliteDialect } from "./sqlite-dialect.ts";

/**
 * A SQLite file (created when it is not there), or `":memory:"`. Uses `node:sqlite`; on Node 20 the
 * package `@photostructure/sqlite`. The file is switched to write-ahead logging, so that readers and a
 * writer do not wait for each other, and migrates itself when it is opened.
 *
 * @example
 * const plugbay = await openPlugbay({ database: sqlite("app.db"), plugins });
 */
export function sqlite(path: string): Database {
  if (typeof path !== "string" || path === "") {
    throw new InvalidOptionError("path", path, `it is a file's path or ":memory:"`);
  }
  const description = `SQLite database "${path}"`;
  return {
    description,
    dialect: sqliteDialect,
    async connect(): Promise<Connection> {
      const Driver = await loadSqliteDriver();
      const database = await open(Driver, path);
      const db = over(database);
      const reads = isInMemory(database) ? undefined : over(openForReads(Driver, path, database));
      return {
        db,
        ...(reads && { openReads: () => ({ db: reads }) }),
        async close() {
          await reads?.destroy();
          emptyLog(database);
          await db.destroy();
        },
      };
    },
  };
}

async function open(Driver: SqliteDatabaseClass, path: string): Promise<SqliteDatabase> {
  let database: SqliteDatabase | undefined;
  try {
    const opened = new Driver(path);
    database = opened;
    // To wait inside the driver blocks the thread.
    opened.exec("pragma busy_timeout = 0");
    opened.exec("pragma foreign_keys = on");
    // The switch to WAL does not heed the busy timeout when several processes open a new file at once.
    await retry(async () => opened.exec("pragma journal_mode = wal"), isBusy, lockLimitMs);
    opened.exec("pragma synchronous = normal");
    return opened;
  } catch (error) {
    database?.close();
    throw error;
  }
}

/** A second connection: a writer that waits for its turn has the first one until it comes. */
function openForReads(Driver: SqliteDatabaseClass, path: string, writing: SqliteDatabase): SqliteDatabase {
  let database: SqliteDatabase | undefined;
  try {
    database = new Driver(path);
    database.exec("pragma busy_timeout = 0");
    database.exec("pragma query_only = on");
    return database;
  } catch (error) {
    database?.close();
    writing.close();
    throw error;
  }
}

/** Each connection to memory is a database of its own. */
function isInMemory(database: SqliteDatabase): boolean {
  const [main] = database.prepare("pragma database_list").all() as { readonly file: string }[];
  return !main?.file;
}

const over = (database: SqliteDatabase): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new PatientSqliteDialect(forKysely(database)) });

/** Rows as objects. The driver makes arrays in half the time, and has the objects with prototypes of their own. */
function readAll(
  statement: SqliteStatement,
  columns: readonly string[],
  parameters: readonly unknown[],
): unknown[] {
  if (statement.setReturnArrays === undefined) return statement.all(...parameters);
  statement.setReturnArrays(true);
  return (statement.all(...parameters) as unknown[][]).map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) row[columns[index] as string] = values[index];
    return row;
  });
}

/**
 * Moves the write-ahead log into the file, so that the file alone is the database, as after any last
 * close. `@photostructure/sqlite` needs it done: it closes with statements open, which puts that off.
 */
function emptyLog(database: SqliteDatabase): void {
  try {
    database.exec("pragma wal_checkpoint(truncate)");
  } catch {
    // Another process uses the file; the log stays for it.
  }
}

/** Kysely's dialect is written for better-sqlite3: parameters as one array, and a flag for statements that return rows. */
function forKysely(database: SqliteDatabase): KyselySqliteDatabase {
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = database.prepare(text);
      const columns = statement.columns().map((column) => column.name);
      return {
        reader: columns.length > 0,
        all: (parameters) => readAll(statement, columns, parameters),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      };
    },
  };
}
