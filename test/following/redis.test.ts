import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { PushChannel } from "plugbay";
import { redis } from "plugbay/redis";
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { silentServer } from "../servers/silent-server.ts";

const url = inject("redisUrl");
const patience = { timeout: 10_000, interval: 20 };

/** A channel whose connections can be told from those of others, and how many there are. */
function named(): { channel: PushChannel; connections: () => Promise<number> } {
  const name = randomUUID();
  const address = new URL(url ?? "");
  address.searchParams.set("connectionName", name);
  const channel = redis(address.href);
  const observer = new Redis(url ?? "");
  onTestFinished(async () => {
    await channel.close();
    observer.disconnect();
  });
  const connections = async (): Promise<number> =>
    String(await observer.client("LIST")).split(` name=${name} `).length - 1;
  return { channel, connections };
}

/** What was heard, in its order. */
function listener() {
  const heard: string[] = [];
  return { heard, message: (text: string) => void heard.push(text), end: () => undefined };
}

describe.skipIf(url === null)("a channel over Redis", () => {
  test("connects once, though many publish at once, and not before", async () => {
    const { channel, connections } = named();
    expect(await connections()).toBe(0);
    await Promise.all(Array.from({ length: 10 }, () => channel.publish("topic", "changed")));
    expect(await connections()).toBe(1);
  });

  test("that was closed is opened again by whoever uses it then", async () => {
    const { channel, connections } = named();
    await channel.publish("topic", "changed");
    await channel.close();
    await vi.waitFor(async () => expect(await connections()).toBe(0), patience);
    await channel.publish("topic", "changed");
    expect(await connections()).toBe(1);
  });

  test("that is closed while it connects leaves no connection", async () => {
    const { channel, connections } = named();
    const publishing = channel.publish("topic", "changed").catch(() => undefined);
    await channel.close();
    await publishing;
    await vi.waitFor(async () => expect(await connections()).toBe(0), patience);
  });

  test("keeps one of two subscriptions to a topic when the other is closed", async () => {
    const { channel, connections } = named();
    const topic = randomUUID();
    const [one, other] = [listener(), listener()];
    const first = await channel.subscribe(topic, one);
    const second = await channel.subscribe(topic, other);
    await channel.publish(topic, "to both");
    await vi.waitFor(() => expect([one.heard, other.heard]).toEqual([["to both"], ["to both"]]), patience);
    await first.close();
    await first.close();
    await channel.publish(topic, "to one");
    await vi.waitFor(() => expect(other.heard).toEqual(["to both", "to one"]), patience);
    expect(one.heard).toEqual(["to both"]);
    await second.close();
    await vi.waitFor(async () => expect(await connections()).toBe(1), patience);
  });

  test("has no subscription left of one that is given up while it is made", async () => {
    const { channel, connections } = named();
    await channel.publish("topic", "changed");
    const abort = new AbortController();
    const subscribing = channel.subscribe("topic", listener(), abort.signal);
    abort.abort();
    await expect(subscribing).rejects.toThrow();
    await expect(channel.subscribe("topic", listener(), abort.signal)).rejects.toThrow();
    await vi.waitFor(async () => expect(await connections()).toBe(1), patience);
  });
});

test("a channel to a server that says nothing is closed within a second, and nothing stays open", async () => {
  const { port, connections } = await silentServer();
  const channel = redis(`redis://127.0.0.1:${port}`);
  const abort = new AbortController();
  const asked = [channel.publish("topic", "changed"), channel.subscribe("topic", listener(), abort.signal)];
  const outcomes = Promise.allSettled(asked);
  await vi.waitFor(() => expect(connections()).toBe(2), patience);
  const start = performance.now();
  abort.abort();
  await channel.close();
  expect(performance.now() - start).toBeLessThan(1_000);
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await vi.waitFor(() => expect(connections()).toBe(0), patience);
});
