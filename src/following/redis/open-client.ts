import type { Redis } from "ioredis";
import { bundled } from "../../store/bundled.ts";
import { DriverMissingError } from "../../store/errors.ts";

const silenceLimitMs = 10_000;

/** How long a connection that is given up may take to say goodbye; it keeps the process alive meanwhile. */
const partingLimitMs = 200;

/** @throws DriverMissingError */
export async function openClient(address: string): Promise<Redis> {
  const { Redis } = await loadIoredis();
  const client = new Redis(address, {
    // Whoever publishes while Redis is away is told so, instead of waiting for its return.
    maxRetriesPerRequest: 1,
    enableOfflineQueue: true,
    // A connection whose other side vanished without a word would else be written to for many minutes.
    socketTimeout: silenceLimitMs,
    disconnectTimeout: partingLimitMs,
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
