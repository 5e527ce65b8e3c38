import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dialect, Kysely, type KyselyConfig, MysqlDialect, PostgresDialect } from "kysely";
import mysql2 from "mysql2";
import type { Database } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { inject } from "vitest";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { sqliteFile } from "../servers/sqlite-file.ts";

/** An empty database, and the ways to it. */
export interface EmptyDatabase {
  /** Its address: a URL, or for SQLite the file's path. */
  readonly address: string;
  /** plugbay's own way. */
  readonly database: Database;
  /** What a Kysely instance of the application is made with, for so many connections at most; one on SQLite. */
  dialect(connections?: number): Promise<Dialect>;
  /** The application's way: such an instance. */
  kysely(config?: Omit<KyselyConfig, "dialect">, connections?: number): Promise<AnyKysely>;
  drop(): Promise<void>;
}

/** A database that the store supports. */
export interface DatabaseKind {
  readonly name: string;
  readonly dialect: "sqlite" | "postgres" | "mysql";
  /** Why its tests cannot run here; undefined where they can. */
  readonly absence: string | undefined;
  create(): Promise<EmptyDatabase>;
}

const postgresUrl = inject("postgresUrl");
const mysqlUrl = inject("mysqlUrl");

export const databaseKinds: readonly DatabaseKind[] = [
  { name: "SQLite", dialect: "sqlite", absence: undefined, create: createSqlite },
  {
    name: "PostgreSQL",
    dialect: "postgres",
    absence: postgresUrl === null ? "no PostgreSQL server" : undefined,
    create: createPostgres,
  },
  {
    name: "MariaDB",
    dialect: "mysql",
    absence: mysqlUrl === null ? "no MariaDB or MySQL server" : undefined,
    create: createMysql,
  },
];

async function createSqlite(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-test-"));
  const address = join(folder, "app.db");
  const dialect = () => sqliteFile(address);
  return {
    address,
    database: sqlite(address),
    dialect,
    kysely: kyselyOf(dialect),
    drop: () => rm(folder, { recursive: true }),
  };
}

async function createPostgres(): Promise<EmptyDatabase> {
  const { url, drop } = await freshPostgres(postgresUrl ?? "");
  const dialect = async (max = 10) => {
    const pool = postgresPool({ connectionString: url, max });
    return new PostgresDialect({ pool });
  };
  return { address: url, database: postgres(url), dialect, kysely: kyselyOf(dialect), drop };
}

async function createMysql(): Promise<EmptyDatabase> {
  const { url, drop } = await freshMysql(mysqlUrl ?? "");
  const dialect = async (connectionLimit = 10) =>
    new MysqlDialect({ pool: mysql2.createPool({ uri: url, connectionLimit }) });
  return { address: url, database: mysql(url), dialect, kysely: kyselyOf(dialect), drop };
}

const kyselyOf =
  (dialect: EmptyDatabase["dialect"]): EmptyDatabase["kysely"] =>
  async (config, connections) =>
    new Kysely({ ...config, dialect: await dialect(connections) });
