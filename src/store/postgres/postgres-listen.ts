import { sql } from "kysely";
import type { Client } from "pg";
import type { ConnectionQueue } from "../connection-queue.ts";
import type { PushChannel, PushHandlers, PushSubscription } from "../push-channel.ts";

/**
 * LISTEN on a connection of its own: a pool's would be handed to somebody else. pg does not reconnect it,
 * and what is notified meanwhile is lost; both are for the caller to mind.
 */
export function postgresListen(makeClient: () => Client, connections: ConnectionQueue): PushChannel {
  return {
    transport: "listen",
    publishes: "in transaction",
    subscribe: (topic, on) => listen(makeClient(), topic, on),
    async publish(topic, message) {
      await connections.run((db) => sql`select pg_notify(${topic}, ${message})`.execute(db));
    },
    close: async () => undefined,
  };
}

async function listen(client: Client, topic: string, on: PushHandlers): Promise<PushSubscription> {
  let isOver = false;
  const end = (cause: unknown): void => {
    if (isOver) return;
    isOver = true;
    on.end(cause);
  };
  // Without a listener for errors, a lost connection ends the process.
  client.on("error", end);
  client.on("end", () => end(new Error("the listening connection was closed")));
  client.on("notification", ({ payload = "" }) => on.message(payload));
  const close = async (): Promise<void> => {
    isOver = true;
    await client.end();
  };
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(topic)}`);
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return {
    close,
    async ping() {
      await client.query("select 1");
    },
  };
}
