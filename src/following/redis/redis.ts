import type { Redis } from "ioredis";
import { InvalidOptionError } from "../../definition/errors.ts";
import { bundled } from "../../store/bundled.ts";
import { DriverMissingError } from "../../store/errors.ts";
import type { PushChannel, PushHandlers, PushSubscription } from "../../store/push-channel.ts";

/**
 * Redis as the line over which processes tell each other of changes, for MySQL, or where PostgreSQL's
 * LISTEN does not come through. By address, or by an `ioredis` client that the application has, which is
 * left open. Needs the package `ioredis`. Only that something changed goes over it, never what.
 *
 * @example
 * await openPlugbay({ database: mysql(url), push: redis("redis://cache.example.com"), plugins });
 */
export function redis(connection: string | Redis): PushChannel {
  if ((typeof connection !== "string" || connection === "") && typeof connection !== "object") {
    throw new InvalidOptionError("connection", connection, "it is a Redis address or an ioredis client");
  }
  const given = typeof connection === "object" ? connection : undefined;
  let opened: Promise<Redis> | undefined;
  const publisher = (): Promise<Redis> => {
    if (given) return Promise.resolve(given);
    opened ??= open(connection as string);
    return opened;
  };
  return {
    transport: "redis",
    publishes: "after commit",
    subscribe: async (topic, on) => subscribe(await publisher(), topic, on),
    async publish(topic, message) {
      await (await publisher()).publish(topic, message);
    },
    async close() {
      const client = await opened?.catch(() => undefined);
      client?.disconnect();
    },
  };
}

const silenceLimitMs = 10_000;

async function open(address: string): Promise<Redis> {
  const { Redis } = await loadIoredis();
  const client = new Redis(address, {
    // Whoever publishes while Redis is away is told so, instead of waiting for its return.
    maxRetriesPerRequest: 1,
    enableOfflineQueue: true,
    // A connection whose other side vanished without a word would else be written to for many minutes.
    socketTimeout: silenceLimitMs,
  });
  // Without a listener it prints every failed attempt to connect.
  client.on("error", () => undefined);
  return client;
}

async function loadIoredis(): Promise<Pick<typeof import("ioredis"), "Redis">> {
  try {
    const { Redis } = await import(/* turbopackOptional: true */ "ioredis");
    return { Redis: bundled(Redis) };
  } catch (error) {
    throw new DriverMissingError("ioredis", "npm install ioredis", error);
  }
}

/** A subscribed Redis connection can do nothing else, so each has its own, which does not reconnect by itself. */
async function subscribe(client: Redis, topic: string, on: PushHandlers): Promise<PushSubscription> {
  const subscriber = client.duplicate({
    lazyConnect: true,
    retryStrategy: () => null,
    autoResubscribe: false,
  });
  let cause: unknown = new Error("the subscribed connection was closed");
  let isOver = false;
  subscriber.on("error", (error: unknown) => {
    cause = error;
  });
  subscriber.on("end", () => {
    if (!isOver) on.end(cause);
    isOver = true;
  });
  subscriber.on("message", (_topic: string, message: string) => on.message(message));
  const close = async (): Promise<void> => {
    isOver = true;
    subscriber.disconnect();
  };
  try {
    await subscriber.connect();
    await subscriber.subscribe(topic);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    async ping() {
      await subscriber.ping();
    },
  };
}
