import type { Redis } from "ioredis";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { PushChannel } from "../../store/push-channel.ts";
import { openClient } from "./open-client.ts";
import { subscribe } from "./subscribe.ts";

/**
 * Redis as the line over which processes tell each other of changes, for MySQL, or where PostgreSQL's
 * LISTEN does not come through. By address, or by an `ioredis` client that the application has, which is
 * left open. Needs the package `ioredis`. Only that something changed goes over it, never what.
 *
 * It connects when there is something to tell or to listen to. One channel may serve several plugbays.
 *
 * @throws InvalidOptionError
 * @example
 * await openPlugbay({ database: mysql(url), push: redis("redis://cache.example.com"), plugins });
 */
export function redis(connection: string | Redis): PushChannel {
  if (
    (typeof connection !== "string" || connection === "") &&
    (typeof connection !== "object" || connection === null)
  ) {
    throw new InvalidOptionError("connection", connection, "it is a Redis address or an ioredis client");
  }
  let opened: Promise<Redis> | undefined;
  const client = async (): Promise<Redis> => {
    if (typeof connection === "object") return connection;
    opened ??= openClient(connection);
    return opened;
  };
  return {
    transport: "redis",
    publishes: "after commit",
    subscribe: async (topic, on, signal) => subscribe(await client(), topic, on, signal),
    async publish(topic, message) {
      await (await client()).publish(topic, message);
    },
    async close() {
      const last = opened;
      // Whoever uses the channel after this has a client of its own.
      opened = undefined;
      (await last?.catch(() => undefined))?.disconnect();
    },
  };
}
