import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { Connection, Database } from "../database.ts";
import { MisplacedError } from "../misplaced-error.ts";
import { mysql } from "../mysql/mysql.ts";
import { postgres } from "../postgres/postgres.ts";
import { logOf } from "../sqlite/file-place.ts";
import { loadSqliteDriver, type SqliteDatabase, type SqliteDatabaseClass } from "../sqlite/load-driver.ts";
import { readAsItIs } from "../sqlite/read-only-file.ts";
import { over } from "../sqlite/sqlite.ts";
import { sqliteDialect } from "../sqlite/sqlite-dialect.ts";

/**
 * The database of a URL, as Django settings and `DATABASE_URL` have them: `postgres://`, `mysql://`, `sqlite:` with a path,
 * or a path alone. A SQLite file is neither made nor written to.
 *
 * @throws InvalidOptionError
 */
export function djangoDatabase(url: string): Database {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(url) ?? [];
  switch (scheme?.toLowerCase()) {
    case undefined:
      return sqliteToRead(url);
    case "sqlite":
      return sqliteToRead(rest.startsWith("///") ? rest.slice(3) : rest);
    case "postgres":
    case "postgresql":
      return postgres(url);
    case "mysql":
      return mysql(url);
    default: {
      const known = "it begins with postgres:, mysql: or sqlite:, or is the path of a SQLite file";
      // What follows may be a password.
      throw new InvalidOptionError("the URL of Django's database", `${scheme}:…`, known);
    }
  }
}

function sqliteToRead(path: string): Database {
  if (path === "") throw new InvalidOptionError("the URL of Django's database", path, "it names no file");
  return {
    description: `SQLite database "${path}"`,
    dialect: sqliteDialect,
    async connect(): Promise<Connection> {
      if (!existsSync(path)) throw new MisplacedError("missing", `there is no file "${resolve(path)}"`);
      const file = openToRead(await loadSqliteDriver(), resolve(path));
      const db = over({ isInPlace: () => true }, () => file);
      return {
        db,
        async close() {
          await db.destroy();
          file.close();
        },
      };
    },
  };
}

/** To read one with a write-ahead log, SQLite makes the log where there is none: then the file has everything. */
function openToRead(Driver: SqliteDatabaseClass, path: string): SqliteDatabase {
  if (hasLog(path) && !existsSync(logOf(path))) return readAsItIs(Driver, path).reading;
  const file = new Driver(path, { readOnly: true });
  file.exec("pragma busy_timeout = 0");
  return file;
}

/** The file's header says so: its 19th byte is 2. */
function hasLog(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const version = new Uint8Array(1);
    readSync(file, version, 0, 1, 18);
    return version[0] === 2;
  } finally {
    closeSync(file);
  }
}
