import type { MysqlPool, MysqlPoolConnection, MysqlStream, MysqlStreamOptions } from "kysely";
import type { QueryOptions, TypeCastNext } from "mysql2";
import { InvalidOptionError } from "../../definition/errors.ts";
import { codeOf, propertyOf } from "../../thrown.ts";
import { ConnectionUse } from "../connection-use.ts";
import type { OwnConnections } from "../own-connections.ts";
import { repeatedStatements } from "../repeated-statements.ts";

/**
 * A pool of mysql2 whose queries answer as by default, whatever options it was made with: an application
 * may have rows as arrays or nested by table, or values of its own making. They also begin a transaction in
 * the words that MariaDB knows under `sql_mode` ORACLE: there a `begin` is that of a block. The pool gets back only
 * connections which others can use: one whose transaction may still be open is closed.
 *
 * @throws InvalidOptionError where the pool writes statements by a format of the application's own
 */
export function plainPool(pool: MysqlPool, { own, prepares = false }: PlainPoolOptions): MysqlPool {
  refuseQueryFormat(pool);
  const preparing: Preparing = { isRefused: !prepares };
  const connections = new WeakMap<MysqlPoolConnection, PlainConnection>();
  // One for each connection: Kysely tells them apart by identity.
  const plain = (connection: MysqlPoolConnection): MysqlPoolConnection => {
    const known = connections.get(connection) ?? plainConnection(connection, preparing, own);
    connections.set(connection, known);
    known.use.begin();
    return known;
  };
  return {
    getConnection: (callback) =>
      pool.getConnection((error, connection) => callback(error, connection && plain(connection))),
    end: (callback) => pool.end(callback),
  };
}

export interface PlainPoolOptions {
  /** Absent where the pool is the application's. */
  readonly own?: OwnConnections;
  /** Has the server prepare repeated statements: parsing them takes it longer than answering them. Default false. */
  readonly prepares?: boolean;
}

interface PlainConnection extends MysqlPoolConnection {
  readonly use: ConnectionUse;
}

/** What mysql2's connections have, and Kysely's type of them does not name. */
interface Mysql2Connection {
  readonly config?: { readonly typeCast?: unknown };
  query(options: QueryOptions, callback?: unknown): ReturnType<StreamedQuery>;
  execute(options: QueryOptions, callback: QueryCallback): ReturnType<StreamedQuery>;
  readonly stream?: unknown;
  release(): void;
  destroy(): void;
}

type StreamedQuery = (
  sql: string,
  values: unknown[],
) => { stream<T>(options: MysqlStreamOptions): MysqlStream<T> };

type QueryCallback = (error: unknown, result: never) => void;

/** Whether connections of a pool have statements prepared: not where a proxy, or the server's limit, refuses it. */
interface Preparing {
  isRefused: boolean;
}

const refusals: readonly (string | undefined)[] = [
  "ER_UNSUPPORTED_PS",
  "ER_UNKNOWN_STMT_HANDLER",
  "ER_MAX_PREPARED_STMT_COUNT_REACHED",
];

function plainConnection(
  given: MysqlPoolConnection,
  preparing: Preparing,
  own: OwnConnections | undefined,
): PlainConnection {
  const connection = given as unknown as Mysql2Connection;
  const use = new ConnectionUse(isAnswer, connection.stream, own);
  const options = {
    rowsAsArray: false,
    nestTables: false,
    namedPlaceholders: false,
    // A function of the pool's options is displaced by nothing but a function.
    typeCast: typeof connection.config?.typeCast === "function" ? asByDefault : true,
  };
  const ask = (sql: string, values: unknown[], callback?: unknown) =>
    connection.query({ ...options, sql: sql === "begin" ? "start transaction" : sql, values }, callback);
  const askPrepared = (sql: string, values: unknown[], callback: QueryCallback) =>
    connection.execute({ ...options, sql, values }, (error, result) => {
      if (!refusals.includes(codeOf(error))) return callback(error, result);
      preparing.isRefused = true;
      ask(sql, values, callback);
    });
  return {
    use,
    query: (sql: string, values: unknown[], callback?: QueryCallback) => {
      const answered = use.ask(sql);
      const tell =
        callback &&
        ((error: unknown, result: never) => {
          answered(error);
          callback(error, result);
        });
      return tell && !preparing.isRefused && repeatedStatements.has(sql)
        ? askPrepared(sql, values, tell)
        : ask(sql, values, tell);
    },
    release: () => (use.end() ? connection.release() : connection.destroy()),
  };
}

/** What the server says has a state of SQL. */
const isAnswer = (error: unknown): boolean => typeof propertyOf(error, "sqlState") === "string";

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
