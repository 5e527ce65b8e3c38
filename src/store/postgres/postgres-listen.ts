import { sql } from "kysely";
import type { Client } from "pg";
import type { ConnectionQueue } from "../connection-queue.ts";
import type { PushChannel, PushHandlers, PushSubscription } from "../push-channel.ts";

/** How long the server may take to answer a goodbye before the connection is cut, in milliseconds. */
const partingLimitMs = 200;

/**
 * LISTEN on a connection of its own: a pool's would be handed to somebody else. pg does not reconnect it,
 * and what is notified meanwhile is lost; both are for the caller to mind.
 */
export function postgresListen(makeClient: () => Client, connections: ConnectionQueue): PushChannel {
  return {
    transport: "listen",
    publishes: "in transaction",
    subscribe: (topic, on, signal) => listen(makeClient(), topic, on, signal),
    async publish(topic, message) {
      await connections.run((db) => sql`select pg_notify(${topic}, ${message})`.execute(db));
    },
    close: async () => undefined,
  };
}

async function listen(
  client: Client,
  topic: string,
  on: PushHandlers,
  signal?: AbortSignal,
): Promise<PushSubscription> {
  signal?.throwIfAborted();
  let isOver = false;
  const end = (cause: unknown): void => {
    if (isOver) return;
    isOver = true;
    on.end(cause);
  };
  const cut = (): void => {
    isOver = true;
    client.connection.stream.destroy();
  };
  // Without a listener for errors, a lost connection ends the process.
  client.on("error", end);
  client.on("end", () => end(new Error("the listening connection was closed")));
  client.on("notification", ({ payload = "" }) => {
    if (!isOver) on.message(payload);
  });
  signal?.addEventListener("abort", cut);
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(topic)}`);
    signal?.throwIfAborted();
  } catch (error) {
    cut();
    throw error;
  } finally {
    signal?.removeEventListener("abort", cut);
  }
  return {
    async close() {
      isOver = true;
      const limit = setTimeout(cut, partingLimitMs);
      await client.end().finally(() => clearTimeout(limit));
    },
    async ping() {
      await client.query("select 1");
    },
  };
}
