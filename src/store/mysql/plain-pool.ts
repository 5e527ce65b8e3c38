import type { MysqlPool, MysqlPoolConnection, MysqlStream, MysqlStreamOptions } from "kysely";
import type { QueryOptions, TypeCastNext } from "mysql2";
import { InvalidOptionError } from "../../definition/errors.ts";

/**
 * A pool of mysql2 whose queries answer as by default, whatever options it was made with: an application
 * may have rows as arrays or nested by table, or values of its own making. They also begin a transaction in
 * the words that MariaDB knows under `sql_mode` ORACLE: there a `begin` is that of a block.
 *
 * @throws InvalidOptionError where the pool writes statements by a format of the application's own
 */
export function plainPool(pool: MysqlPool): MysqlPool {
  refuseQueryFormat(pool);
  const connections = new WeakMap<MysqlPoolConnection, MysqlPoolConnection>();
  // One for each connection: Kysely tells them apart by identity.
  const plain = (connection: MysqlPoolConnection): MysqlPoolConnection => {
    const known = connections.get(connection) ?? plainConnection(connection);
    connections.set(connection, known);
    return known;
  };
  return {
    getConnection: (callback) =>
      pool.getConnection((error, connection) => callback(error, connection && plain(connection))),
    end: (callback) => pool.end(callback),
  };
}

/** What mysql2's connections have, and Kysely's type of them does not name. */
interface Mysql2Connection {
  readonly config?: { readonly typeCast?: unknown };
  query(options: QueryOptions, callback?: unknown): ReturnType<StreamedQuery>;
  release(): void;
}

type StreamedQuery = (
  sql: string,
  values: unknown[],
) => { stream<T>(options: MysqlStreamOptions): MysqlStream<T> };

function plainConnection(given: MysqlPoolConnection): MysqlPoolConnection {
  const connection = given as unknown as Mysql2Connection;
  const options = {
    rowsAsArray: false,
    nestTables: false,
    namedPlaceholders: false,
    // A function of the pool's options is displaced by nothing but a function.
    typeCast: typeof connection.config?.typeCast === "function" ? asByDefault : true,
  };
  return {
    query: (sql: string, values: unknown[], callback?: unknown) =>
      connection.query({ ...options, sql: sql === "begin" ? "start transaction" : sql, values }, callback),
    release: () => connection.release(),
  };
}

const asByDefault = (_field: unknown, next: TypeCastNext): unknown => next();

function refuseQueryFormat(pool: MysqlPool): void {
  const { config } = pool as { config?: { connectionConfig?: { queryFormat?: unknown } } };
  const format = config?.connectionConfig?.queryFormat;
  if (typeof format !== "function") return;
  throw new InvalidOptionError(
    "queryFormat",
    "a function",
    "plugbay needs mysql2's own format; give it a pool of its own",
  );
}
