import { definePlugin, type OpenOptions, type Plugbay, type PluginItem, type Readiness } from "plugbay";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Gate } from "./gate.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const alice = { actor: "alice" };
const healthChecks = { intervalMs: 30_000 };

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.create();
  // Without jitter: the first round comes at once, and the others every 30 seconds.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

/** The network of one provider, which a test cuts. */
class Network {
  isUp = true;
  calls = 0;
  readonly check = (): void => {
    this.calls += 1;
    if (!this.isUp) throw new Error("no route to host");
  };
}

const [main, spare] = [new Network(), new Network()];
beforeEach(() => {
  for (const network of [main, spare]) Object.assign(network, { isUp: true, calls: 0 });
});

const first = senderPlugin("first", { check: main.check });
const second = senderPlugin("second", { priority: 1, check: spare.check });
const backup = senderPlugin("backup", { priority: 2, status: "reserve" });

const open = (plugins: Parameters<Workbench["open"]>[0], options: Partial<OpenOptions> = {}) =>
  bench.open(plugins, { healthChecks, ...options });
const rounds = (count: number) => bench.clock.advance((count - 1) * 30_000);
const nextRound = () => bench.clock.advance(30_000);
const item = (plugbay: Plugbay, name = "first"): PluginItem => itemOf(plugbay.items(otp), name);
const readiness = (plugbay: Plugbay, name?: string): Readiness => plugbay.readiness(item(plugbay, name));
const by = (plugbay: Plugbay) => plugbay.get(otp)?.by;

test("plugins are not checked unless that is asked for", async () => {
  await bench.open([otp, first]);
  await bench.clock.advance(600_000);
  expect(main.calls).toBe(0);
});

test("an item that fails twice in a row is passed over until it passes, and everybody is told", async () => {
  const plugbay = await open([otp, first, second]);
  const told: [string, string][] = [];
  plugbay.on("readiness", ({ item, readiness }) => void told.push([item.name, readiness.kind]));
  main.isUp = false;
  await rounds(1);
  expect([by(plugbay), readiness(plugbay).kind, told]).toEqual(["first", "ready", []]);

  await nextRound();
  expect(by(plugbay)).toBe("second");
  expect(plugbay.explain(otp)[0]).toMatchObject({
    reason: "failed",
    error: {
      name: "HealthCheckFailedError",
      code: "HEALTH_CHECK_FAILED",
      itemId: item(plugbay).id,
      message:
        'plugin "first" of module "apps/channels" for plugin type "otp" of "apps/otp" ' +
        "fails its health check: no route to host",
    },
    readiness: { kind: "failed", retryAt: bench.clock.now() + 30_000 },
  });
  expect(told).toEqual([["first", "failed"]]);

  main.isUp = true;
  await nextRound();
  expect(by(plugbay)).toBe("first");
  expect(told.at(-1)).toEqual(["first", "ready"]);
  expect(readiness(plugbay)).toEqual({ kind: "ready" });
});

test("an outage is told once, however many rounds it lasts", async () => {
  const plugbay = await open([otp, first, second]);
  const told: string[] = [];
  plugbay.on("readiness", ({ readiness }) => void told.push(readiness.kind));
  main.isUp = false;
  await rounds(6);
  expect(main.calls).toBe(6);
  expect(told).toEqual(["failed"]);
  expect(readiness(plugbay)).toMatchObject({ retryAt: bench.clock.now() + 30_000 });
});

test("failures that are not in a row do not count together", async () => {
  const plugbay = await open([otp, first, second]);
  for (const isUp of [false, true, false, true, false]) {
    main.isUp = isUp;
    await nextRound();
  }
  expect(main.calls).toBeGreaterThanOrEqual(5);
  expect(by(plugbay)).toBe("first");
});

test("how many failures it takes is an option", async () => {
  const plugbay = await open([otp, first, second], { healthChecks: { intervalMs: 30_000, failures: 1 } });
  main.isUp = false;
  await rounds(1);
  expect(by(plugbay)).toBe("second");
});

test("the reserve steps in when it is in health, and run goes there too", async () => {
  const plugbay = await open([otp, first, second, backup]);
  for (const network of [main, spare]) network.isUp = false;
  await rounds(2);
  expect(by(plugbay)).toBe("backup");
  expect(await plugbay.run(otp, ({ by }) => by)).toBe("backup");
});

describe("when the health checks of all items fail", () => {
  test("the one that would serve without them serves on, and explain tells both", async () => {
    const plugbay = await open([otp, first, second]);
    for (const network of [main, spare]) network.isUp = false;
    await rounds(3);
    expect(by(plugbay)).toBe("first");
    expect(plugbay.getAll(otp).map((sender) => sender.by)).toEqual(["first", "second"]);
    expect(plugbay.explain(otp)).toMatchObject([
      { reason: "selected", readiness: { kind: "failed" } },
      { reason: "failed", readiness: { kind: "failed" } },
    ]);

    spare.isUp = true;
    await nextRound();
    expect(by(plugbay)).toBe("second");
    expect(plugbay.getAll(otp).map((sender) => sender.by)).toEqual(["second"]);
  });

  test("run goes from one to the next", async () => {
    const plugbay = await open([otp, first, second]);
    for (const network of [main, spare]) network.isUp = false;
    await rounds(2);
    const tried: string[] = [];
    const served = await plugbay.run(otp, ({ by }) => {
      tried.push(by);
      if (by === "first") throw new Error("down");
      return by;
    });
    expect([served, tried]).toEqual(["second", ["first", "second"]]);
  });

  test("one that was put aside for failing in use comes after them", async () => {
    const plugbay = await open([otp, first, second]);
    spare.isUp = false;
    await rounds(2);
    for (let failures = 0; failures < 5; failures += 1) {
      await expect(plugbay.run(otp, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    }
    expect(readiness(plugbay).kind).toBe("cooling");
    expect(by(plugbay)).toBe("second");
  });

  test("a transient plugin serves on as well", async () => {
    const passing = definePlugin(otp, {
      module: "apps/channels",
      name: "transient",
      lifetime: "transient",
      create: () => new Sender("transient"),
      check: main.check,
    });
    const plugbay = await open([otp, passing]);
    main.isUp = false;
    await rounds(2);
    expect(readiness(plugbay, "transient").kind).toBe("failed");
    expect(by(plugbay)).toBe("transient");
  });
});

describe("an item that is disabled", () => {
  test("is not checked, and starts anew when it is activated", async () => {
    const plugbay = await open([otp, first, second]);
    main.isUp = false;
    await rounds(2);
    const { id } = item(plugbay);
    await plugbay.control.updateItem(id, { status: "disable" }, alice);
    expect(readiness(plugbay)).toEqual({ kind: "ready" });
    const { calls } = main;
    await nextRound();
    expect(main.calls).toBe(calls);
    await plugbay.control.updateItem(id, { status: "active" }, alice);
    expect(by(plugbay)).toBe("first");
  });

  test("while it is checked does not fail any more", async () => {
    const gate = new Gate();
    const check = () => gate.passed.then(() => Promise.reject(new Error("down")));
    const options = { healthChecks: { intervalMs: 30_000, failures: 1 } };
    const plugbay = await open([otp, senderPlugin("first", { check })], options);
    await rounds(1);
    await plugbay.control.updateItem(item(plugbay).id, { status: "disable" }, alice);
    gate.open();
    await settle();
    expect(readiness(plugbay)).toEqual({ kind: "ready" });
  });
});

describe("a plugin with a config", () => {
  const seen: unknown[] = [];
  const gates = new Map<string, Gate>();
  const http = definePlugin(otp, {
    module: "apps/http",
    name: "http",
    config: z.strictObject({ url: z.string(), token: z.string(), retries: z.number().default(3) }),
    secrets: ["token"],
    create: ({ config }) => new Sender(config.url),
    check: async ({ config }) => {
      seen.push(config);
      await gates.get(config.url)?.passed;
      if (config.url === "down") throw new Error(`401 for ${config.token}`);
    },
  });
  const add = (plugbay: Plugbay, label: string, url: string) =>
    plugbay.control.createItem(
      { type: otp, module: "apps/http", name: "http", label, config: { url, token: `token-of-${label}` } },
      alice,
    );
  const options = { keys: generateKey().entry, healthChecks: { intervalMs: 30_000, failures: 1 } };

  test("is checked with the stored config, item by item, and tells no secret", async () => {
    seen.length = 0;
    const plugbay = await open([otp, http], options);
    const [eu] = [await add(plugbay, "eu", "down"), await add(plugbay, "us", "up")];
    await rounds(1);
    expect(new Set(seen)).toEqual(
      new Set([
        { url: "down", token: "token-of-eu", retries: 3 },
        { url: "up", token: "token-of-us", retries: 3 },
      ]),
    );
    expect(seen).toHaveLength(2);
    const failed = plugbay.explain(otp).find(({ reason }) => reason === "failed");
    expect(failed?.item.id).toBe(eu.id);
    expect(failed?.error?.message).toMatch(/: 401 for \[secret\]$/);
    expect(by(plugbay)).toBe("up");
  });

  test("is judged by its present config alone: what came of an old one is dropped", async () => {
    const gate = new Gate();
    gates.set("down", gate);
    const plugbay = await open([otp, http], options);
    const { id } = await add(plugbay, "eu", "down");
    await nextRound();
    await plugbay.control.updateItem(id, { config: { url: "up", token: "" } }, alice);
    gate.open();
    await settle();
    expect(plugbay.explain(otp)).toMatchObject([{ reason: "selected", readiness: { kind: "ready" } }]);

    await plugbay.control.updateItem(id, { config: { url: "down", token: "" } }, alice);
    await nextRound();
    expect(plugbay.explain(otp)).toMatchObject([{ readiness: { kind: "failed" } }]);
    await plugbay.control.updateItem(id, { config: { url: "up", token: "" } }, alice);
    expect(plugbay.explain(otp)).toMatchObject([{ readiness: { kind: "ready" } }]);
  });
});

test("a check that never settles fails by its time limit, is told so, and holds up no other", async () => {
  let answers = false;
  const signals: AbortSignal[] = [];
  const hanging = senderPlugin("hanging", {
    check: ({ signal }) => {
      signals.push(signal);
      return answers ? undefined : new Promise<void>(() => undefined);
    },
  });
  const options = { healthChecks: { intervalMs: 30_000, timeoutMs: 1_000, failures: 1 } };
  const plugbay = await open([otp, hanging, second], options);
  await rounds(1);
  expect([spare.calls, signals[0]?.aborted]).toEqual([1, false]);
  await bench.clock.advance(1_000);
  expect(signals[0]?.reason).toMatchObject({ code: "CHECK_TIMEOUT" });
  expect(by(plugbay)).toBe("second");
  expect(readiness(plugbay, "hanging")).toMatchObject({
    kind: "failed",
    error: { message: expect.stringMatching(/no answer within 1000 ms$/) },
  });
  answers = true;
  await nextRound();
  expect(by(plugbay)).toBe("hanging");
});

test("an item is checked once at a time, and no more than eight items at once", async () => {
  const running = new Map<string, number>();
  let most = 0;
  const gates: Gate[] = [];
  const busy = Array.from({ length: 20 }, (_, index) => {
    const name = `busy ${index}`;
    const check = async (): Promise<void> => {
      running.set(name, (running.get(name) ?? 0) + 1);
      most = Math.max(most, running.size);
      expect(running.get(name)).toBe(1);
      const gate = new Gate();
      gates.push(gate);
      await gate.passed;
      running.delete(name);
    };
    return senderPlugin(name, { check });
  });
  await open([otp, busy], { healthChecks: { intervalMs: 100, timeoutMs: 60_000 } });
  await bench.clock.advance(5_000);
  expect(gates).toHaveLength(8);
  for (let done = 0; done < gates.length; done += 1) {
    gates[done]?.open();
    await settle();
  }
  expect([gates.length, most]).toEqual([20, 8]);
});

test("close ends checks under way, and waits for none of them", async () => {
  const signals: AbortSignal[] = [];
  const check = ({ signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return new Promise<void>(() => undefined);
  };
  const plugbay = await open([otp, senderPlugin("first", { check })]);
  const told: unknown[] = [];
  plugbay.on("readiness", (event) => void told.push(event));
  await rounds(1);
  await plugbay.close();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(bench.clock.pending).toBe(0);
  await bench.clock.advance(120_000);
  expect([signals.length, told]).toEqual([1, []]);
});

test("the list of processes tells of failed health checks", async () => {
  const plugbay = await open([otp, first, second], { heartbeatMs: 15_000 });
  main.isUp = false;
  await rounds(2);
  await bench.clock.advance(15_000);
  const [process] = await plugbay.control.processes();
  expect(process?.troubles).toMatchObject([
    {
      itemId: item(plugbay).id,
      state: "failed",
      message: expect.stringContaining("health check: no route to host"),
    },
  ]);
});

test.each([
  [{ intervalMs: 0 }, "healthChecks.intervalMs"],
  [{ intervalMs: "1s" }, "healthChecks.intervalMs"],
  [{}, "healthChecks.intervalMs"],
  [{ intervalMs: 1, timeoutMs: -1 }, "healthChecks.timeoutMs"],
  [{ intervalMs: 1, failures: 0.5 }, "healthChecks.failures"],
])("the options %j are refused", async (options, option) => {
  const opening = bench.open([otp], { healthChecks: options as never });
  await expect(opening).rejects.toMatchObject({ code: "INVALID_OPTION", option });
});

test("a check sees the instance that serves, beside the config; one of a transient plugin has none", async () => {
  const seen: Record<string, unknown> = {};
  const look = (lifetime: "singleton" | "transient") =>
    definePlugin(otp, {
      name: lifetime,
      module: "apps/channels",
      lifetime: lifetime as "transient",
      create: () => new Sender(lifetime),
      check: ({ instance }) => {
        seen[lifetime] = instance?.by;
      },
    });
  const plugbay = await open([otp, look("singleton"), look("transient")]);
  await rounds(1);
  expect([plugbay.get(otp)?.by, seen]).toEqual([
    "singleton",
    { singleton: "singleton", transient: undefined },
  ]);
});

test("an item that fails its checks is not given by getById, and one that is put aside in use is", async () => {
  const plugbay = await open([otp, first, second]);
  main.isUp = false;
  await rounds(2);
  expect([readiness(plugbay).kind, plugbay.getById(otp, item(plugbay).id)]).toEqual(["failed", undefined]);
  const fail = () => plugbay.run(otp, () => Promise.reject(new Error("down"))).catch(() => undefined);
  for (let run = 0; run < 5; run += 1) await fail();
  expect(readiness(plugbay, "second").kind).toBe("cooling");
  expect(plugbay.getById(otp, item(plugbay, "second").id)?.by).toBe("second");
});

test("an instance is not disposed of while a check uses it, be its time up", async () => {
  const ends = new Gate();
  const log: string[] = [];
  const sms = senderPlugin("sms", {
    check: async () => {
      await ends.passed;
      log.push("end of the check");
    },
    dispose: () => void log.push("end of sms"),
  });
  const plugbay = await open([otp, sms], { graceMs: 0 });
  await rounds(1);
  await plugbay.control.retire([item(plugbay, "sms").id], alice);
  await bench.clock.advance(10_000);
  expect(log).toEqual([]);
  ends.open();
  await settle();
  expect(log).toEqual(["end of the check", "end of sms"]);
});

test("a check that passes lets a call try at once what was put aside for failing in use", async () => {
  const sms = senderPlugin("sms", { check: () => undefined });
  const plugbay = await open([otp, sms, senderPlugin("mail", { priority: 1 })]);
  const failing = (sender: { readonly by: string }): string => {
    if (sender.by === "sms") throw new Error("down");
    return sender.by;
  };
  await rounds(1);
  for (let time = 0; time < 5; time += 1) await plugbay.run(otp, failing);
  await nextRound();
  // It cools for twice as long as the time between two checks.
  await plugbay.run(otp, failing);
  expect(readiness(plugbay, "sms")).toMatchObject({ until: bench.clock.now() + 60_000 });
  expect(await plugbay.run(otp, (sender) => sender.by)).toBe("mail");
  await nextRound();
  expect(await plugbay.run(otp, (sender) => sender.by)).toBe("sms");
});
