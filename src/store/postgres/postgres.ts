import { Kysely, PostgresDialect } from "kysely";
import type { Client, Pool, PoolConfig } from "pg";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import { bundled } from "../bundled.ts";
import { ConnectionQueue } from "../connection-queue.ts";
import type { Connection, Database } from "../database.ts";
import { DriverMissingError } from "../errors.ts";
import { OwnConnections } from "../own-connections.ts";
import { readConnections, writersOf } from "../read-connections.ts";
import { guardsTransactions } from "../roll-back.ts";
import { checkSchema } from "../schema.ts";
import { silence } from "../silence.ts";
import { Sockets } from "../sockets.ts";
import type { Tables } from "../tables.ts";
import { guardedPool } from "./guarded-pool.ts";
import type { PgPool, PgPoolOptions } from "./pg-pool.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { postgresListen } from "./postgres-listen.ts";
import { preparingClient } from "./preparing-client.ts";

/**
 * A PostgreSQL database, by connection string, by `pg`'s pool options, or by a `pg` pool that the
 * application has; a pool handed in stays open when plugbay closes. Needs the package `pg`. Tables are
 * made by `npx plugbay migrate` or by opening with `migrate: true`.
 *
 * @throws InvalidOptionError
 * @example
 * const plugbay = await openPlugbay({ database: postgres(process.env.DATABASE_URL ?? ""), plugins });
 * @example
 * // In a schema of their own, which the database must have; also where a pooler refuses a search_path.
 * const database = postgres(pool, { schema: "ops" });
 */
export function postgres(
  connection: string | PgPoolOptions | PgPool,
  options: {
    /** The schema of plugbay's tables. Default: the first one of the connection's `search_path`. */
    readonly schema?: string;
  } = {},
): Database {
  checkKnown("the second argument of postgres", options, { schema: true });
  if (
    (typeof connection !== "string" || connection === "") &&
    (typeof connection !== "object" || connection === null)
  ) {
    throw new InvalidOptionError(
      "connection",
      connection,
      "it is a PostgreSQL connection string, pool options or a pool",
    );
  }
  const description = describe(connection);
  return {
    description,
    dialect: postgresDialect,
    schema: checkSchema(postgresDialect, "schema", options.schema),
    async connect(): Promise<Connection> {
      const pg = await loadPg();
      const isGiven = isPool(connection);
      const sockets = new Sockets(silence.writerConnectionMs);
      const connections = new OwnConnections();
      const pool = isGiven ? (connection as Pool) : createPool(pg, connection, sockets);
      const db = over(pool, isGiven ? undefined : connections);
      const push = postgresListen(() => new pg.Client(pool.options), new ConnectionQueue(db, description));
      const writers = writersOf(pool.options.max);
      if (isGiven) {
        const probe = () => connectOnce(new pg.Client(pool.options));
        return { db, isBorrowed: true, writers, push, probe, close: async () => undefined };
      }
      return {
        ...{ db, writers, push, connections },
        openReads(repeated) {
          const own = new Sockets();
          const { Client = preparingClient(pg.Client, repeated) } =
            typeof connection === "string" ? {} : connection;
          const few = createPool(pg, connection, own, { Client, max: readConnections, min: 0 });
          return { db: over(few, new OwnConnections()), sockets: own };
        },
        close: () => sockets.endWith(() => db.destroy()),
      };
    },
  };
}

async function connectOnce(client: Client): Promise<void> {
  client.on("error", () => undefined);
  try {
    await client.connect();
  } finally {
    client.end().catch(() => undefined);
  }
}

type Pg = Pick<typeof import("pg"), "Client" | "Pool">;

async function loadPg(): Promise<Pg> {
  try {
    const { Client, Pool } = (await import(/* turbopackOptional: true */ "pg")).default;
    return { Client: bundled(Client), Pool: bundled(Pool) };
  } catch (error) {
    throw new DriverMissingError("pg", "npm install pg", error);
  }
}

function createPool(
  pg: Pg,
  connection: string | PgPoolOptions,
  sockets: Sockets,
  more: PgPoolOptions = {},
): Pool {
  const options: PgPoolOptions =
    typeof connection === "string" ? { connectionString: connection } : connection;
  const { stream } = options;
  const pool = new pg.Pool({
    connectionTimeoutMillis: 10_000,
    application_name: "plugbay",
    ...options,
    ...more,
    stream: () => (stream ? sockets.watch(stream()) : sockets.open()),
  } as PoolConfig);
  // Without a listener, an idle connection that the server closes ends the process. The pool replaces it.
  pool.on("error", () => undefined);
  return pool;
}

function over(pool: Pool, own?: OwnConnections): Kysely<Tables> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(pool, own) }) });
  guardsTransactions(db);
  return db;
}

function isPool(connection: string | PgPoolOptions | PgPool): connection is PgPool {
  return (
    typeof connection === "object" && "connect" in connection && typeof connection.connect === "function"
  );
}

function describe(connection: string | PgPoolOptions | PgPool): string {
  if (typeof connection !== "string") return "PostgreSQL database";
  const url = URL.canParse(connection) ? new URL(connection) : undefined;
  return url ? `PostgreSQL database "${url.host}${url.pathname}"` : "PostgreSQL database";
}
