import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, MysqlDialect, PostgresDialect } from "kysely";
import mysql2 from "mysql2";
import pg from "pg";
import type { Database } from "plugbay";
import { mysql } from "plugbay/mysql";
import { sqlite } from "plugbay/sqlite";
import { freshMysql, freshPostgres } from "../test/servers/databases.ts";
import { sqliteFile } from "../test/servers/sqlite-file.ts";
import { startServers } from "../test/servers/start-servers.ts";

export interface BenchDatabase {
  readonly name: "SQLite" | "PostgreSQL" | "MariaDB";
  fresh(): Promise<FreshDatabase>;
}

export interface FreshDatabase {
  readonly database: Database | Kysely<unknown>;
  /** Where it is, of SQLite. */
  readonly file?: string;
  /** How many statements were executed so far, `begin` and `commit` included; unknown on SQLite. */
  readonly statements?: () => number;
  /** A way to it beside plugbay's, for who wants to fill its tables. */
  kysely(): Promise<Kysely<unknown>>;
  /** Removes the database. */
  drop(): Promise<void>;
}

/** Real databases: a SQLite file, and the servers that the tests use, started when they are not there. */
export async function withDatabases(
  work: (databases: readonly BenchDatabase[]) => Promise<void>,
): Promise<void> {
  const servers = await startServers(["postgres", "mysql"]);
  try {
    for (const line of servers.missing) console.log(`skipped: ${line}`);
    const { postgres: postgresUrl, mysql: mysqlUrl } = servers.urls;
    const databases: BenchDatabase[] = [{ name: "SQLite", fresh: freshSqlite }];
    if (postgresUrl !== null) {
      databases.push({
        name: "PostgreSQL",
        fresh: async () => {
          const { url, drop } = await freshPostgres(postgresUrl);
          let count = 0;
          const pool = new pg.Pool({ connectionString: url });
          // The server may end an idle connection before the pool has: when its database is dropped.
          pool.on("error", () => undefined);
          const database = new Kysely<unknown>({
            dialect: new PostgresDialect({ pool }),
            log: () => {
              count += 1;
            },
          });
          const end = () => database.destroy().then(drop);
          const kysely = async () =>
            new Kysely<unknown>({
              dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }),
            });
          return { database, statements: () => count, kysely, drop: end };
        },
      });
    }
    if (mysqlUrl !== null) {
      databases.push({
        name: "MariaDB",
        fresh: async () => {
          const { url, drop } = await freshMysql(mysqlUrl);
          const kysely = async () =>
            new Kysely<unknown>({ dialect: new MysqlDialect({ pool: mysql2.createPool({ uri: url }) }) });
          return { database: mysql(url), kysely, drop };
        },
      });
    }
    await work(databases);
  } finally {
    await servers.stop();
  }
}

async function freshSqlite(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-bench-"));
  const file = join(folder, "bench.db");
  return {
    database: sqlite(file),
    file,
    kysely: async () => new Kysely<unknown>({ dialect: await sqliteFile(file) }),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}
