import { Kysely, MysqlDialect, type MysqlPool } from "kysely";
import type { PoolOptions } from "mysql2";
import { DatabaseUnavailableError, DriverMissingError, InvalidOptionError } from "../../errors.ts";
import type { Connection, Database } from "../database.ts";
import { patientSocket } from "../patient-socket.ts";
import { mysqlDialect } from "./mysql-dialect.ts";

/** A pool of `mysql2`, or of `mysql2/promise`, which has the former as its `pool`. */
type AnyMysqlPool = MysqlPool | { readonly pool: MysqlPool };

/**
 * A MySQL or MariaDB database, by connection string, by `mysql2`'s pool options, or by a `mysql2` pool
 * that the application has; a pool handed in stays open when plugbay closes. Needs the package `mysql2`.
 * Tables are made by `npx plugbay migrate` or by opening with `migrate: true`.
 *
 * @example
 * const plugbay = await openPlugbay({ database: mysql(process.env.DATABASE_URL ?? ""), plugins });
 */
export function mysql(connection: string | PoolOptions | AnyMysqlPool): Database {
  if (
    (typeof connection !== "string" || connection === "") &&
    (typeof connection !== "object" || connection === null)
  ) {
    throw new InvalidOptionError(
      "connection",
      connection,
      "it is a MySQL connection string, pool options or a pool",
    );
  }
  return {
    description: describe(connection),
    dialect: mysqlDialect,
    async connect(): Promise<Connection> {
      const given = poolOf(connection);
      const pool = given ?? (await createPool(connection as string | PoolOptions));
      const db = new Kysely({ dialect: new MysqlDialect({ pool }) });
      return { db, close: given ? async () => undefined : () => db.destroy() };
    },
  };
}

async function createPool(connection: string | PoolOptions): Promise<MysqlPool> {
  const mysql2 = await import("mysql2").catch((error: unknown) => {
    throw new DriverMissingError("mysql2", "npm install mysql2", error);
  });
  const options = typeof connection === "string" ? { uri: connection } : connection;
  // The error that mysql2 would throw has the whole string, password included.
  if (options.uri !== undefined && !URL.canParse(options.uri)) {
    throw new DatabaseUnavailableError("MySQL database", new TypeError("its connection string is no URL"));
  }
  return mysql2.default.createPool({
    charset: "utf8mb4",
    connectTimeout: 10_000,
    stream: ({ config: { socketPath, host, port } }: StreamOptions) =>
      patientSocket(socketPath ? { path: socketPath } : { host, port }),
    ...options,
  });
}

/** What mysql2 hands to a function that makes its socket. */
interface StreamOptions {
  readonly config: { readonly socketPath?: string; readonly host: string; readonly port: number };
}

function poolOf(connection: string | PoolOptions | AnyMysqlPool): MysqlPool | undefined {
  if (typeof connection !== "object") return undefined;
  if ("pool" in connection) return connection.pool;
  return "getConnection" in connection ? connection : undefined;
}

function describe(connection: unknown): string {
  const url = typeof connection === "string" && URL.canParse(connection) ? new URL(connection) : undefined;
  return url ? `MySQL database "${url.host}${url.pathname}"` : "MySQL database";
}
