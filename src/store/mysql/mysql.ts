import { Kysely, MysqlDialect, type MysqlPool } from "kysely";
import type { PoolOptions } from "mysql2";
import { InvalidOptionError } from "../../definition/errors.ts";
import { bundled } from "../bundled.ts";
import type { Connection, Database } from "../database.ts";
import { DatabaseUnavailableError, DriverMissingError } from "../errors.ts";
import { patientSocket } from "../patient-socket.ts";
import { checkSchema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { mysqlDialect } from "./mysql-dialect.ts";
import { plainPool } from "./plain-pool.ts";
import { takesSeveral } from "./several.ts";

/** A pool of `mysql2`, or of `mysql2/promise`, which has the former as its `pool`. */
type AnyMysqlPool = MysqlPool | { readonly pool: MysqlPool };

/**
 * A MySQL or MariaDB database, by connection string, by `mysql2`'s pool options, or by a `mysql2` pool
 * that the application has; a pool handed in stays open when plugbay closes. Needs the package `mysql2`.
 * Tables are made by `npx plugbay migrate` or by opening with `migrate: true`.
 *
 * @throws InvalidOptionError
 * @example
 * const plugbay = await openPlugbay({ database: mysql(process.env.DATABASE_URL ?? ""), plugins });
 * @example
 * // In a database of their own on the same server, which must be there: MySQL's schemas are databases.
 * const database = mysql(pool, { schema: "ops" });
 */
export function mysql(
  connection: string | PoolOptions | AnyMysqlPool,
  options: {
    /** The schema, that is, the database, of plugbay's tables. Default: the one that the connection uses. */
    readonly schema?: string;
  } = {},
): Database {
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
    schema: checkSchema(mysqlDialect, "schema", options.schema),
    async connect(): Promise<Connection> {
      const given = poolOf(connection);
      const raw = given ?? (await createPool(connection as string | PoolOptions));
      const pool = plainPool(raw);
      const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool }) });
      if (takesSeveralStatements(raw)) takesSeveral(db);
      return {
        db,
        isBorrowed: given !== undefined,
        close: given ? async () => undefined : () => db.destroy(),
      };
    },
  };
}

async function createPool(connection: string | PoolOptions): Promise<MysqlPool> {
  const mysql2 = await loadMysql2();
  const options = typeof connection === "string" ? { uri: connection } : connection;
  // The error that mysql2 would throw has the whole string, password included.
  if (options.uri !== undefined && !URL.canParse(options.uri)) {
    throw new DatabaseUnavailableError("MySQL database", new TypeError("its connection string is no URL"));
  }
  return mysql2.createPool({
    charset: "utf8mb4",
    // Spares round trips. No value gets into a statement as text that could end it: see safe-values.ts.
    multipleStatements: true,
    connectTimeout: 10_000,
    stream: ({ config: { socketPath, host, port } }: StreamOptions) =>
      patientSocket(socketPath ? { path: socketPath } : { host, port }),
    ...options,
  });
}

async function loadMysql2(): Promise<Pick<typeof import("mysql2"), "createPool">> {
  try {
    const { createPool } = (await import(/* turbopackOptional: true */ "mysql2")).default;
    return { createPool: bundled(createPool) };
  } catch (error) {
    throw new DriverMissingError("mysql2", "npm install mysql2", error);
  }
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

function takesSeveralStatements(pool: MysqlPool): boolean {
  const { config } = pool as { config?: { connectionConfig?: { multipleStatements?: unknown } } };
  return config?.connectionConfig?.multipleStatements === true;
}

function describe(connection: unknown): string {
  const url = typeof connection === "string" && URL.canParse(connection) ? new URL(connection) : undefined;
  return url ? `MySQL database "${url.host}${url.pathname}"` : "MySQL database";
}
