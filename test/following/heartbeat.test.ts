import type { PushChannel } from "plugbay";
import { describe, expect, onTestFinished, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import type { PushHandlers } from "../../src/store/push-channel.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { Workbench } from "../runtime/workbench.ts";

const plugins = [otp, senderPlugin("sms"), senderPlugin("mail", { priority: 1 })];
const heartbeatMs = 15_000;

/** A line that hears itself. */
const heard = new Set<PushHandlers>();
const workingPush: PushChannel = {
  transport: "redis",
  publishes: "after commit",
  async subscribe(_topic, on) {
    heard.add(on);
    return { ping: async () => undefined, close: async () => void heard.delete(on) };
  },
  async publish(_topic, message) {
    for (const { message: hear } of heard) hear(message);
  },
  close: async () => undefined,
};

describe("the list of processes", () => {
  test("has this one from the start, with what it knows and how it stands, and no more after the end", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(plugins, { heartbeatMs, version: "1.2.3" });
    const watcher = await bench.open([]);
    const at = new Date(bench.clock.now()).toISOString();
    expect(await watcher.control.processes()).toEqual([
      expect.objectContaining({
        pid: process.pid,
        version: "1.2.3",
        state: "live",
        transport: "poll",
        revision: 1,
        saysWhatServes: true,
        serves: [{ typeId: expect.any(String), itemId: expect.any(String), how: "first-choice", since: at }],
        troubles: [],
        startedAt: at,
        seenAt: expect.any(String),
        seenAgoMs: expect.any(Number),
        plugins: ["sms", "mail"].map((name) => expect.objectContaining({ type: "otp", name })),
      }),
    ]);
    await plugbay.close();
    expect(await watcher.control.processes()).toEqual([]);
  });

  test("says of this process what it serves now, before that is written; others hear it when it is", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(plugins, { heartbeatMs });
    const watcher = await bench.open(plugins);
    const served = async ({ control }: typeof plugbay) => {
      const [listed] = await control.types();
      const { by, processes } = (await control.fleet()).servingNow(listed?.id ?? "");
      return by.map(({ item, how, processes: count }) => `${item?.name} ${how} ${count} of ${processes}`);
    };
    expect(await served(plugbay)).toEqual(["sms first-choice 1 of 1"]);

    const [sms] = plugbay.items(otp);
    const { revision } = await plugbay.control.updateItem(
      sms?.id ?? "",
      { status: "disable" },
      { actor: "alice" },
    );
    expect(await served(plugbay)).toEqual(["mail first-choice 1 of 1"]);
    expect(await plugbay.control.inForce(revision)).toEqual({ revision, processes: 1, inForce: 1 });
    expect(await watcher.control.inForce(revision)).toEqual({ revision, processes: 1, inForce: 0 });

    await bench.clock.advance(1_000);
    await expect.poll(() => watcher.control.inForce(revision)).toMatchObject({ inForce: 1 });
  });

  test("is kept up by every process, and says which item it could not make ready", async () => {
    const bench = await Workbench.create();
    collectWarnings();
    const broken = senderPlugin("broken", {
      create: () => {
        throw new Error("no credit");
      },
    });
    const plugbay = await bench.open([...plugins, broken], { heartbeatMs });
    const [first] = await plugbay.control.processes();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await bench.clock.advance(heartbeatMs * 1.1);
    const [row] = await plugbay.control.processes();
    expect(Date.parse(row?.seenAt ?? "")).toBeGreaterThan(Date.parse(first?.seenAt ?? ""));
    expect(row?.troubles).toEqual([
      {
        itemId: expect.any(String),
        state: "failed",
        since: first?.startedAt,
        message: expect.stringContaining("no credit"),
        failedCalls: 0,
        until: null,
      },
    ]);
  });

  test("is no change: neither the revision nor the history moves", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(plugins, { heartbeatMs });
    const history = await plugbay.control.history();
    await bench.clock.advance(heartbeatMs * 10);
    await plugbay.refresh();
    expect(snapshotOf(plugbay).revision).toBe(1);
    expect(await plugbay.control.history()).toEqual(history);
  });

  test("waits for the database, and goes on when it is back", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(plugins, { heartbeatMs, pollIntervalMs: 1_000 });
    const [first] = await plugbay.control.processes();
    bench.database.failure = new Error("away");
    await bench.clock.advance(heartbeatMs * 20);
    bench.database.failure = undefined;
    await bench.clock.advance(heartbeatMs * 1.2);
    const [row] = await plugbay.control.processes();
    expect(row?.id).toBe(first?.id);
    expect(Date.parse(row?.seenAt ?? "")).toBeGreaterThan(Date.parse(first?.seenAt ?? ""));
  });

  test("has the plugins that a process registered late, and knows what each of several processes has", async () => {
    const bench = await Workbench.create();
    const watcher = await bench.open([]);
    await bench.open(plugins, { heartbeatMs, version: "old" });
    const fax = senderPlugin("fax");
    const late = await bench.open(plugins, { heartbeatMs, version: "new" });
    const pluginsOf = async (version: string) => {
      const row = (await watcher.control.processes()).find((process) => process.version === version);
      return row?.plugins.map(({ name }) => name);
    };
    await expect.poll(() => pluginsOf("new")).toEqual(["sms", "mail"]);
    await expect.poll(() => pluginsOf("old")).toEqual(["sms", "mail"]);

    late.registry.register(fax);
    await late.refresh();
    await bench.clock.advance(heartbeatMs * 1.2);
    expect(await pluginsOf("new")).toEqual(["sms", "mail", "fax"]);
    expect(await pluginsOf("old")).toEqual(["sms", "mail"]);
    const { items } = await watcher.control.list({ search: "fax" });
    const knowledge = await watcher.control.whoKnows(items[0]?.id ?? "");
    expect(Object.fromEntries(knowledge.map(({ process, knows }) => [process.version, knows]))).toEqual({
      old: false,
      new: true,
    });
    const misses = (await watcher.control.processes()).map(
      (process) => watcher.control.missesOf(process).length,
    );
    expect(misses.sort()).toEqual([0, 1]);
  });

  test("has a revision at once where each process polls apart", async () => {
    const bench = await Workbench.create();
    const watcher = await bench.open([]);
    const plugbay = await bench.open(plugins, { heartbeatMs: 600_000 });
    const told = async () => (await watcher.control.processes())[0]?.revision;
    const [item] = plugbay.items(otp);
    const { revision } = await plugbay.control.updateItem(
      item?.id ?? "",
      { priority: 7 },
      { actor: "alice" },
    );
    expect(await told()).toBe(revision - 1);
    await bench.clock.advance(30);
    await expect.poll(told).toBe(revision);
  });

  test("has a revision that all hear of when no other has followed for a moment, or when they have for three to six seconds", async () => {
    const bench = await Workbench.create();
    const watcher = await bench.open([]);
    const plugbay = await bench.open(plugins, {
      heartbeatMs: 600_000,
      push: workingPush,
      pollIntervalMs: 600_000,
    });
    await expect.poll(() => plugbay.state).toMatchObject({ transport: "redis" });
    const told = async () => (await watcher.control.processes())[0]?.revision;
    const [item] = plugbay.items(otp);
    let priority = 10;
    const change = async () => {
      priority += 1;
      await plugbay.control.updateItem(item?.id ?? "", { priority }, { actor: "alice" });
    };
    const first = (await told()) ?? 0;
    await change();
    await bench.clock.advance(140);
    expect(await told()).toBe(first);
    await bench.clock.advance(300);
    await expect.poll(told).toBe(first + 1);

    // Those of a series within a second take longer: so that who changes much is not slowed down by who tells of it.
    await bench.clock.advance(2_000);
    await change();
    await bench.clock.advance(100);
    await change();
    await bench.clock.advance(590);
    expect(await told()).toBe(first + 1);
    await bench.clock.advance(420);
    await expect.poll(told).toBe(first + 3);

    await bench.clock.advance(2_000);
    const changeFor = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 100) {
        await change();
        await bench.clock.advance(100);
      }
    };
    await changeFor(2_800);
    expect(await told()).toBe(first + 3);
    await changeFor(3_400);
    await expect.poll(told).toBeGreaterThan(first + 30);
  });

  test("is told of by few of a fleet that hears of a revision, and whoever follows it sees what all of them serve", async () => {
    const bench = await Workbench.create();
    const fleet = { heartbeatMs: 600_000, push: workingPush, pollIntervalMs: 600_000 };
    const size = 20;
    const processes = await Promise.all(Array.from({ length: size }, () => bench.open(plugins, fleet)));
    const watcher = await bench.open(plugins, { push: workingPush, pollIntervalMs: 600_000 });
    for (const plugbay of [...processes, watcher]) {
      await expect.poll(() => plugbay.state).toMatchObject({ transport: "redis" });
    }
    await bench.clock.advance(2_000);
    let looks = 0;
    onTestFinished(watcher.control.onFleet(() => (looks += 1)));
    const notices: string[] = [];
    const listener: PushHandlers = {
      message: (message) => message.startsWith("processes ") && notices.push(message),
      end: () => undefined,
    };
    heard.add(listener);
    onTestFinished(() => void heard.delete(listener));

    const [item] = watcher.items(otp);
    const { revision } = await watcher.control.updateItem(
      item?.id ?? "",
      { status: "disable" },
      { actor: "alice" },
    );
    const follow = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 10) {
        await bench.clock.advance(10);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await follow(1_000);
    expect((await watcher.control.fleet()).processes.map((row) => row.revision)).toEqual(
      Array(size).fill(revision),
    );
    expect(looks).toBeGreaterThan(0);
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.length).toBeLessThan(size / 2);
  });

  test("is of one namespace", async () => {
    const bench = await Workbench.create();
    const one = await bench.open(plugins, { heartbeatMs, namespace: "one" });
    await bench.open(plugins, { heartbeatMs, namespace: "other" });
    expect(await one.control.processes()).toHaveLength(1);
  });
});
