import type { PostgresPool, PostgresPoolClient } from "kysely";
import type { Pool, PoolClient } from "pg";
import { propertyOf } from "../../thrown.ts";
import { ConnectionUse } from "../connection-use.ts";
import type { OwnConnections } from "../own-connections.ts";

/**
 * A pool of pg that gets back only connections which others can use: one whose transaction may still be open is closed.
 * pg's `query_timeout` may end the wait for the answer to a rollback, too.
 *
 * @param own absent where the pool is the application's
 */
export function guardedPool(pool: Pool, own?: OwnConnections): PostgresPool {
  outlive(pool);
  // One for each connection: Kysely tells them apart by identity.
  const clients = new WeakMap<PoolClient, GuardedClient>();
  return {
    async connect() {
      const client = await pool.connect();
      ignoreLoss(client);
      const guarded = clients.get(client) ?? guardedClient(client, own);
      clients.set(client, guarded);
      guarded.use.begin();
      return guarded;
    },
    end: () => pool.end(),
  };
}

const outlived = new WeakSet<Pool>();

/** Of each new connection, too: the server may end it in the same breath in which it takes it. */
function outlive(pool: Pool): void {
  if (outlived.has(pool)) return;
  outlived.add(pool);
  pool.on("connect", ignoreLoss);
}

/**
 * Nobody listens for errors of a connection that is in use: one lost in the middle of a query would end the process.
 * The query itself fails all the same.
 */
function ignoreLoss(client: PoolClient): void {
  if (!client.listeners("error").includes(ignore)) client.on("error", ignore);
}

interface GuardedClient extends PostgresPoolClient {
  readonly use: ConnectionUse;
}

function guardedClient(client: PoolClient, own: OwnConnections | undefined): GuardedClient {
  const use = new ConnectionUse(isAnswer, client.connection?.stream, own);
  const query = async (text: string, values: unknown[]): Promise<unknown> => {
    const answered = use.ask(text);
    try {
      const result = await client.query(text, values);
      answered();
      return result;
    } catch (error) {
      answered(error);
      throw error;
    }
  };
  return {
    use,
    // plugbay has no cursors, which Kysely's type of it allows for.
    query: query as PostgresPoolClient["query"],
    release: () => client.release(!use.end()),
  };
}

/** What the server says has a severity. */
const isAnswer = (error: unknown): boolean => typeof propertyOf(error, "severity") === "string";

const ignore = (): void => undefined;
