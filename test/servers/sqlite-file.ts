import { SqliteDialect } from "kysely";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";

type Driver = Awaited<ReturnType<typeof loadSqliteDriver>>;

/** Kysely's own SQLite dialect, over the driver of this Node with the call signatures of better-sqlite3. */
export async function sqliteFile(path: string): Promise<SqliteDialect> {
  const Driver = await loadSqliteDriver();
  const file = new Driver(path);
  file.exec("pragma journal_mode = wal");
  file.exec("pragma foreign_keys = on");
  return sqliteOver(file);
}

/** The same over a database that is open. `onStatement` hears of each statement first, and may throw. */
export const sqliteOver = (
  file: InstanceType<Driver>,
  onStatement: (text: string) => void = () => undefined,
): SqliteDialect =>
  new SqliteDialect({
    database: {
      close: () => file.close(),
      prepare(text) {
        onStatement(text);
        const statement = file.prepare(text);
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...parameters),
          run: (parameters) => statement.run(...parameters),
          iterate: (parameters) => statement.iterate(...parameters),
        };
      },
    },
  });
