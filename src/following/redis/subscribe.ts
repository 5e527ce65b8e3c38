import type { Redis } from "ioredis";
import type { PushHandlers, PushSubscription } from "../../store/push-channel.ts";

/**
 * A subscribed Redis connection can do nothing else, so each subscription has its own, made as `client` was. It does
 * not reconnect by itself.
 */
export async function subscribe(
  client: Redis,
  topic: string,
  on: PushHandlers,
  signal?: AbortSignal,
): Promise<PushSubscription> {
  signal?.throwIfAborted();
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
  subscriber.on("message", (_topic: string, message: string) => {
    if (!isOver) on.message(message);
  });
  const abandon = (): void => {
    isOver = true;
    subscriber.disconnect();
  };
  signal?.addEventListener("abort", abandon);
  try {
    await subscriber.connect();
    await subscriber.subscribe(topic);
    signal?.throwIfAborted();
  } catch (error) {
    abandon();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abandon);
  }
  return {
    close: async () => abandon(),
    async ping() {
      await subscriber.ping();
    },
  };
}
