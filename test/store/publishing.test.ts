import { Redis } from "ioredis";
import type { OpenOptions, Plugbay, PushChannel } from "plugbay";
import { redis } from "plugbay/redis";
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { silentServer } from "../servers/silent-server.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const url = inject("redisUrl");
const plugins = [greeting, alice, bob];
const by = { actor: "operator" };
const patience = { timeout: 10_000, interval: 20 };
/** Neither polls nor listens. */
const quiet = { pollIntervalMs: false, heartbeatMs: false } as const;

/** Notes what is sent, and to whom nothing listens. */
class Noted implements PushChannel {
  readonly transport = "redis";
  readonly publishes = "after commit";
  readonly sent: string[] = [];
  closes = 0;
  publishing: () => Promise<void> = async () => undefined;

  async subscribe(): Promise<never> {
    throw new Error("nothing listens here");
  }

  async publish(_topic: string, message: string): Promise<void> {
    this.sent.push(message);
    await this.publishing();
  }

  async close(): Promise<void> {
    this.closes += 1;
  }
}

const never = () => new Promise<never>(() => undefined);

onEveryDatabase((home) => {
  const disable = (plugbay: Plugbay, name: string) =>
    plugbay.control.bulk([idOf(plugbay, name)], "disable", by);
  const open = (options: Partial<OpenOptions>) => home.open(plugins, { ...quiet, ...options });

  describe.skipIf(url === null)("over Redis", () => {
    const push = () => redis(url ?? "");

    /** A process that hears of changes by Redis alone. */
    async function reader(): Promise<Plugbay> {
      const plugbay = await open({ push: push(), pollIntervalMs: 3_600_000 });
      await vi.waitFor(() => expect(plugbay.state).toMatchObject({ transport: "redis" }), patience);
      return plugbay;
    }

    const untilServes = (plugbay: Plugbay, name: string) =>
      vi.waitFor(() => expect(plugbay.get(greeting)?.greet()).toBe(name), patience);

    test("a process that neither polls nor listens is heard", async () => {
      const listening = await reader();
      const writer = await open({ push: push() });
      await disable(writer, "alice");
      await untilServes(listening, "bob");
    });

    test("a process that ends right after its change is heard", async () => {
      const listening = await reader();
      const writer = await open({ push: push() });
      await disable(writer, "alice");
      await writer.close();
      await untilServes(listening, "bob");
    });

    test("a transaction of the application is heard when it has been committed", async () => {
      const db = await home.kysely();
      const listening = await reader();
      const writer = await open({ database: db, push: push() });
      await db.transaction().execute(async (transaction) => {
        await writer.control.in(transaction).bulk([idOf(writer, "alice")], "disable", by);
      });
      await untilServes(listening, "bob");
    });

    test("a transaction of the application is heard when its process ends right after it", async () => {
      const db = await home.kysely();
      const listening = await reader();
      const writer = await open({ database: db, push: push() });
      await db.transaction().execute(async (transaction) => {
        await writer.control.in(transaction).bulk([idOf(writer, "alice")], "disable", by);
      });
      await writer.close();
      await untilServes(listening, "bob");
    });

    test("one channel serves two plugbays, though one of them is closed", async () => {
      const shared = push();
      const listening = await reader();
      const first = await open({ push: shared });
      const second = await open({ push: shared, pollIntervalMs: 3_600_000 });
      await disable(first, "alice");
      await first.close();
      await untilServes(listening, "bob");
      await second.refresh();
      await second.control.bulk([idOf(second, "alice")], "activate", by);
      await untilServes(listening, "alice");
      await disable(listening, "alice");
      await untilServes(second, "bob");
    });

    test("the application's own client is left open", async () => {
      const client = new Redis(url ?? "");
      onTestFinished(() => client.disconnect());
      const listening = await reader();
      const writer = await open({ push: redis(client) });
      await disable(writer, "alice");
      await untilServes(listening, "bob");
      await writer.close();
      expect(await client.ping()).toBe("PONG");
    });
  });

  test("each change is told once, and what changes nothing is not told", async () => {
    const push = new Noted();
    const writer = await open({ push });
    const first = snapshotOf(writer).revisionId;
    expect(push.sent).toEqual([first]);
    await disable(writer, "alice");
    await disable(writer, "alice");
    expect(snapshotOf(writer).revisionId).not.toBe(first);
    expect(push.sent).toEqual([first, snapshotOf(writer).revisionId]);
  });

  test("a message that cannot be sent fails nothing, and one that is not taken holds up nothing", async () => {
    const push = new Noted();
    const writer = await open({ push });
    push.publishing = () => Promise.reject(new Error("refused"));
    await disable(writer, "alice");
    push.publishing = never;
    await disable(writer, "bob");
    await writer.control.bulk([idOf(writer, "alice")], "activate", by);
    expect(writer.get(greeting)?.greet()).toBe("alice");
    const start = performance.now();
    await writer.close();
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(push.closes).toBe(1);
  });

  test("what is committed while a message is being sent is told after it", async () => {
    const push = new Noted();
    const writer = await open({ push });
    let sent = (): void => undefined;
    push.publishing = () =>
      new Promise((resolve) => {
        sent = resolve;
      });
    await disable(writer, "alice");
    await disable(writer, "bob");
    await writer.control.bulk([idOf(writer, "alice")], "activate", by);
    expect(push.sent).toHaveLength(2);
    push.publishing = async () => undefined;
    sent();
    await vi.waitFor(() => expect(push.sent).toHaveLength(3), patience);
  });

  test("a channel is closed with the last plugbay that uses it", async () => {
    const push = new Noted();
    const [one, other] = [await open({ push }), await open({ push })];
    await one.close();
    await one.close();
    expect(push.closes).toBe(0);
    await other.close();
    expect(push.closes).toBe(1);
  });

  test("a Redis that says nothing delays neither a change nor the end", async () => {
    const { port, connections } = await silentServer();
    const writer = await open({ push: redis(`redis://127.0.0.1:${port}`) });
    await disable(writer, "alice");
    expect(writer.get(greeting)?.greet()).toBe("bob");
    const start = performance.now();
    await writer.close();
    expect(performance.now() - start).toBeLessThan(3_000);
    await vi.waitFor(() => expect(connections()).toBe(0), patience);
  });
});
