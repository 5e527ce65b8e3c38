import { Kysely, type SqliteDatabase as KyselySqliteDatabase, SqliteDialect } from "kysely";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { Connection, Database } from "../database.ts";
import { DatabaseUnavailableError } from "../errors.ts";
import { MisplacedError } from "../misplaced-error.ts";
import { loadSqliteDriver, type SqliteStatement } from "./load-driver.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { SqliteFile } from "./sqlite-file.ts";

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
    async connect({ mayCreate = true } = {}): Promise<Connection> {
      const Driver = await loadSqliteDriver();
      const file = await SqliteFile.open(Driver, path, mayCreate).catch((error: unknown) => {
        throw inWords(error, description);
      });
      const db = new Kysely({ dialect: new SqliteDialect({ database: forKysely(file) }) });
      return {
        db,
        async verify() {
          if (file.isInPlace()) return;
          try {
            // With the connection in hand, so that no transaction is under way.
            await db.connection().execute(async () => {
              if (!file.isInPlace()) await file.reopen();
            });
          } catch (error) {
            throw inWords(error, description);
          }
        },
        close: () => db.destroy(),
      };
    },
  };
}

const inWords = (error: unknown, description: string): unknown =>
  error instanceof MisplacedError ? error : new DatabaseUnavailableError(description, error);

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

/** Kysely's dialect is written for better-sqlite3: parameters as one array, and a flag for statements that return rows. */
function forKysely(file: SqliteFile): KyselySqliteDatabase {
  return {
    close: () => file.close(),
    prepare(text) {
      const statement = file.database.prepare(text);
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
