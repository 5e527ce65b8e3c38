import { Kysely, type SqliteDatabase as KyselySqliteDatabase } from "kysely";
import { InvalidOptionError } from "../../definition/errors.ts";
import { messageOf } from "../../thrown.ts";
import type { Connection, Database } from "../database.ts";
import { MisplacedError } from "../misplaced-error.ts";
import type { Tables } from "../tables.ts";
import { dataVersion } from "./data-version.ts";
import { loadSqliteDriver, type SqliteDatabase, type SqliteStatement } from "./load-driver.ts";
import { PatientSqliteDialect } from "./patient-dialect.ts";
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
      const file = await SqliteFile.open(await loadSqliteDriver(), path, mayCreate);
      const db = over(file, () => file.writing);
      const reads = file.isAlone ? undefined : over(file, () => file.reading);
      return {
        db,
        glance: dataVersion(file),
        verify: () => verify(file, ...(reads ? [db, reads] : [db])),
        ...(reads && { openReads: () => ({ db: reads }) }),
        async close() {
          await reads?.destroy();
          await db.destroy();
          await file.close();
        },
      };
    },
  };
}

/** Opens the file that took the place of the one that is open: with all connections in hand, so that nothing is under way. */
async function verify(file: SqliteFile, ...connections: readonly Kysely<Tables>[]): Promise<void> {
  if (file.isInPlace()) return;
  const [first, ...others] = connections;
  if (first) await first.connection().execute(() => verify(file, ...others));
  else await file.reopen();
}

/** A file by one of its connections. */
export const over = (file: Pick<SqliteFile, "isInPlace">, database: () => SqliteDatabase): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new PatientSqliteDialect(forKysely(file, database)) });

/** Rows as objects. The driver makes arrays in half the time, and has the objects with prototypes of their own. */
function readAll(statement: SqliteStatement, parameters: readonly unknown[]): unknown[] {
  if (statement.setReturnArrays === undefined) return statement.all(...parameters);
  statement.setReturnArrays(true);
  const rows = statement.all(...parameters) as unknown[][];
  // Asked for afterwards: where another process has added a column, the statement was made anew as it ran.
  const columns = statement.columns().map((column) => column.name);
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) row[columns[index] as string] = values[index];
    return row;
  });
}

/**
 * The driver refuses to read an integer that no number holds exactly, and all other rows with it. Nobody writes
 * one but by hand; then the statement, which has changed nothing, is asked once more, for bigints.
 */
function withBigIntegers(statement: SqliteStatement, read: () => unknown[]): unknown[] {
  try {
    return read();
  } catch (error) {
    if (!/too large to be represented/.test(messageOf(error))) throw error;
    statement.setReadBigInts(true);
    return read();
  }
}

/** Kysely's dialect is written for better-sqlite3: parameters as one array, and a flag for statements that return rows. */
function forKysely(
  file: Pick<SqliteFile, "isInPlace">,
  database: () => SqliteDatabase,
): KyselySqliteDatabase {
  let isWriting = false;
  return {
    close: () => undefined,
    prepare(text) {
      if (text.startsWith("begin")) isWriting = text !== "begin deferred";
      // While it waited for its turn, the file that it is to be written to may have been replaced.
      if (text === "commit" && isWriting && !file.isInPlace()) {
        throw new MisplacedError("replaced", "the file was replaced, or lost its log, during the change");
      }
      const statement = database().prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => withBigIntegers(statement, () => readAll(statement, parameters)),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      };
    },
  };
}
