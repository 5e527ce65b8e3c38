import { DatabaseSync } from "@photostructure/sqlite";
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import pg from "pg";
import type { OpenOptions } from "plugbay";
import { postgres } from "plugbay/postgres";
import type { Tables } from "./charges.ts";

/** The application's database, and the same one for plugbay. */
export interface Databases {
  readonly own: Kysely<Tables>;
  readonly plugbays: OpenOptions["database"];
}

/** PostgreSQL where there is a URL, else a SQLite file. Close `own`. */
export function openDatabases(url: string | undefined): Databases {
  if (!url) {
    const own = new Kysely<Tables>({ dialect: sqliteDialect("payments.db") });
    return { own, plugbays: own };
  }
  const pool = new pg.Pool({ connectionString: url });
  return { own: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), plugbays: postgres(pool) };
}

/** Kysely's dialect over a driver that needs no compiler, on Node 20 either. plugbay shares the connection. */
function sqliteDialect(path: string): SqliteDialect {
  const file = new DatabaseSync(path);
  file.exec("pragma journal_mode = wal; pragma foreign_keys = on");
  return new SqliteDialect({
    database: {
      close: () => file.close(),
      prepare(text) {
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
}
