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
  const prepared = prepares ? prepareOnEach(pool) : undefined;
  const connections = new WeakMap<MysqlPoolConnection, PlainConnection>();
  // One for each connection: Kysely tells them apart by identity.
  const plain = (connection: MysqlPoolConnection): MysqlPoolConnection => {
    const known = connections.get(connection) ?? plainConnection(connection, prepared?.(connection), own);
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
  /**
   * Has each new connection prepare the repeated statements, which take the server longer to parse than to answer.
   * Default false.
   */
  readonly prepares?: boolean;
}

interface PlainConnection extends MysqlPoolConnection {
  readonly use: ConnectionUse;
}

/** What mysql2's connections have, and Kysely's type of them does not name. */
interface Mysql2Connection {
  readonly config?: { readonly typeCast?: unknown };
  query(options: QueryOptions, callback?: unknown): ReturnType<StreamedQuery>;
  prepare(options: QueryOptions, callback: (error: unknown) => void): void;
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

/**
 * The statements that a connection has prepared: none where a proxy, or the server's limit, refuses it. They are
 * prepared before anything is asked, for later that would cost a round trip.
 */
function prepareOnEach(pool: MysqlPool): (connection: MysqlPoolConnection) => Set<string> | undefined {
  const prepared = new WeakMap<object, Set<string>>();
  const mysql2 = pool as unknown as {
    on(event: "connection", listener: (connection: Mysql2Connection) => void): void;
  };
  mysql2.on("connection", (connection) => {
    const texts = new Set<string>();
    prepared.set(connection, texts);
    for (const sql of repeatedStatements) {
      connection.prepare({ ...plainOptions(connection), sql }, (error) => {
        if (!error) texts.add(sql);
      });
    }
  });
  return (connection) => prepared.get(connection);
}

/** Such as a proxy says, which has handed the connection of the server to somebody else. */
const isLost = (error: unknown): boolean => codeOf(error) === "ER_UNKNOWN_STMT_HANDLER";

const plainOptions = ({ config }: Mysql2Connection) => ({
  rowsAsArray: false,
  nestTables: false,
  namedPlaceholders: false,
  // A function of the pool's options is displaced by nothing but a function.
  typeCast: typeof config?.typeCast === "function" ? asByDefault : true,
});

function plainConnection(
  given: MysqlPoolConnection,
  prepared: Set<string> | undefined,
  own: OwnConnections | undefined,
): PlainConnection {
  const connection = given as unknown as Mysql2Connection;
  const use = new ConnectionUse(isAnswer, connection.stream, own);
  const options = plainOptions(connection);
  const ask = (sql: string, values: unknown[], callback?: unknown) =>
    connection.query({ ...options, sql: sql === "begin" ? "start transaction" : sql, values }, callback);
  const askPrepared = (sql: string, values: unknown[], callback: QueryCallback) =>
    connection.execute({ ...options, sql, values }, (error, result) => {
      if (!isLost(error)) return callback(error, result);
      prepared?.delete(sql);
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
      return tell && prepared?.has(sql) ? askPrepared(sql, values, tell) : ask(sql, values, tell);
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
