import type { NetConnectOpts } from "node:net";
import { Kysely, MysqlDialect, type MysqlPool } from "kysely";
import type { ConnectionOptions, PoolOptions } from "mysql2";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import { bundled } from "../bundled.ts";
import type { Connection, Database } from "../database.ts";
import { DriverMissingError } from "../errors.ts";
import { lockLimitMs } from "../lock-limit.ts";
import { OwnConnections } from "../own-connections.ts";
import { readConnections, writersOf } from "../read-connections.ts";
import { guardsTransactions } from "../roll-back.ts";
import { checkSchema } from "../schema.ts";
import { silence } from "../silence.ts";
import { Sockets } from "../sockets.ts";
import type { Tables } from "../tables.ts";
import { hasOwnSettings } from "./lock-limits.ts";
import { mysqlDialect } from "./mysql-dialect.ts";
import { type PlainPoolOptions, plainPool } from "./plain-pool.ts";
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
  checkKnown("the second argument of mysql", options, { schema: true });
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
      if (given) {
        const limit = (given as GivenPool).config?.connectionLimit;
        const probe = () => connectOnce(given as GivenPool);
        return {
          db: over(given),
          isBorrowed: true,
          writers: writersOf(limit),
          probe,
          close: async () => undefined,
        };
      }
      const mysql2 = await loadMysql2();
      const options = typeof connection === "string" ? { uri: connection } : (connection as PoolOptions);
      const sockets = new Sockets(silence.writerConnectionMs);
      const connections = new OwnConnections();
      const db = over(createPool(mysql2, options, sockets), { own: connections });
      hasOwnSettings(db);
      return {
        ...{ db, connections },
        writers: writersOf(options.connectionLimit ?? defaultConnections),
        openReads(repeated) {
          const own = new Sockets();
          const few = { ...options, connectionLimit: readConnections };
          const pool = createPool(mysql2, few, own);
          return { db: over(pool, { own: new OwnConnections(), repeated }), sockets: own };
        },
        close: () => sockets.endWith(() => db.destroy()),
      };
    },
  };
}

/** What a pool of mysql2 has, and Kysely's type of it does not name. */
interface GivenPool extends MysqlPool {
  readonly config?: {
    readonly connectionLimit?: number;
    readonly connectionConfig?: ConnectionOptions & { readonly multipleStatements?: unknown };
  };
}

/** mysql2's own default. */
const defaultConnections = 10;

function over(pool: MysqlPool, options: PlainPoolOptions = {}): Kysely<Tables> {
  const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool: plainPool(pool, options) }) });
  guardsTransactions(db);
  const { config } = pool as GivenPool;
  if (config?.connectionConfig?.multipleStatements === true) takesSeveral(db);
  return db;
}

function createPool({ createPool }: Mysql2, options: PoolOptions, sockets: Sockets): MysqlPool {
  // The error that mysql2 would throw has the connection string in it, password included.
  if (options.uri !== undefined && !URL.canParse(options.uri)) {
    throw Object.assign(new TypeError("its connection string is no URL"), { code: "ERR_INVALID_URL" });
  }
  const pool = createPool({
    charset: "utf8mb4",
    // Spares round trips. No value gets into a statement as text that could end it: see safe-values.ts.
    multipleStatements: true,
    connectTimeout: 10_000,
    ...options,
    stream: options.stream
      ? watched(options.stream, sockets)
      : (to: StreamOptions) => sockets.open(targetOf(to)),
  });
  // So that the server gives up a wait that nobody waits for any more.
  const limit = `set session innodb_lock_wait_timeout = ${lockLimitMs / 1_000}`;
  pool.on("connection", (connection) => connection.query(limit, () => undefined));
  return pool;
}

/** With the options of a pool that was handed in, but not by it. */
async function connectOnce({ config }: GivenPool): Promise<void> {
  const { host, port, user, password, database, socketPath, ssl } = config?.connectionConfig ?? {};
  const given = { host, port, user, password, database, socketPath, ssl };
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { createConnection } = await loadMysql2();
  const connection = createConnection(options);
  connection.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  }).finally(() => connection.destroy());
}

type Mysql2 = Pick<typeof import("mysql2"), "createPool" | "createConnection">;

async function loadMysql2(): Promise<Mysql2> {
  try {
    const { createPool, createConnection } = (await import(/* turbopackOptional: true */ "mysql2")).default;
    return { createPool: bundled(createPool), createConnection: bundled(createConnection) };
  } catch (error) {
    throw new DriverMissingError("mysql2", "npm install mysql2", error);
  }
}

/** What mysql2 hands to a function that makes its socket. */
interface StreamOptions {
  readonly config: { readonly socketPath?: string; readonly host: string; readonly port: number };
}

const targetOf = ({ config: { socketPath, host, port } }: StreamOptions): NetConnectOpts =>
  socketPath ? { path: socketPath } : { host, port };

/** An application's own socket, or the function that makes it. */
const watched = (stream: unknown, sockets: Sockets): unknown =>
  typeof stream === "function" ? (to: StreamOptions) => sockets.watch(stream(to)) : stream;

function poolOf(connection: string | PoolOptions | AnyMysqlPool): MysqlPool | undefined {
  if (typeof connection !== "object") return undefined;
  if ("pool" in connection) return connection.pool;
  return "getConnection" in connection ? connection : undefined;
}

function describe(connection: unknown): string {
  const url = typeof connection === "string" && URL.canParse(connection) ? new URL(connection) : undefined;
  return url ? `MySQL database "${url.host}${url.pathname}"` : "MySQL database";
}
