import { definePlugin, type PluginItem, type Readiness } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Gate } from "./gate.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const alice = { actor: "alice" };

/** A schema that takes any config. */
const config = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
} as const;

let bench: Workbench;
let log: string[];
let gates: Record<string, Gate>;
beforeEach(async () => {
  bench = await Workbench.create();
  log = [];
  gates = {};
});

/** Made at once, unless its config names a gate; then when that is passed. */
const gated = (name = "sms", more: { readonly priority?: number; readonly status?: "disable" } = {}) =>
  definePlugin(otp, {
    name,
    module: "apps/channels",
    ...more,
    config,
    create: async (context) => {
      const { of = name, fails = false } = (context.config ?? {}) as { of?: string; fails?: boolean };
      context.signal.addEventListener("abort", () => log.push(`${of} is told to give up`));
      await gates[of]?.passed;
      if (fails) throw new Error(`${of} is wrong`);
      log.push(`${of} is made`);
      return new Sender(of);
    },
    dispose: ({ by }) => void log.push(`end of ${by}`),
  });

const open = async (...plugins: readonly Parameters<Workbench["open"]>[0][]) => {
  const plugbay = await bench.open([otp, ...(plugins as [])]);
  log.length = 0;
  const item = (name = "sms"): PluginItem => itemOf(plugbay.items(otp), name);
  return {
    plugbay,
    item,
    readiness: (name?: string): Readiness["kind"] => plugbay.readiness(item(name)).kind,
    configure: (to: object, name?: string) =>
      plugbay.control.updateItem(item(name).id, { config: to as never }, alice),
  };
};

describe("a change takes effect at once", () => {
  test("also while another item's create hangs: neither the change nor its writer waits for that", async () => {
    gates.hangs = new Gate();
    const { plugbay, item, configure } = await open(
      gated(),
      senderPlugin("mail"),
      senderPlugin("letter", { priority: 1 }),
    );
    const saved = configure({ of: "hangs" });
    await settle();
    await plugbay.control.updateItem(item("mail").id, { status: "disable" }, alice);
    expect(plugbay.getAll(otp).map(({ by }) => by)).toEqual(["sms", "letter"]);
    gates.hangs.open();
    await saved;
    expect(plugbay.getAll(otp).map(({ by }) => by)).toEqual(["hangs", "letter"]);
  });

  test("and its writer is told when what it changed is ready, or has failed", async () => {
    collectWarnings();
    gates.b = new Gate();
    const { plugbay, readiness, configure } = await open(gated());
    let isSaved = false;
    const saved = configure({ of: "b" }).then(() => {
      isSaved = true;
    });
    await settle();
    expect([isSaved, plugbay.get(otp)?.by, readiness()]).toEqual([false, "sms", "ready"]);
    gates.b.open();
    await saved;
    expect(plugbay.get(otp)?.by).toBe("b");
    await configure({ of: "c", fails: true });
    expect(readiness()).toBe("failed");
  });

  test("in a process that follows, which tells when the new instance serves, with the item as it is then", async () => {
    gates.b = new Gate();
    const { plugbay, item } = await open(gated());
    const told: unknown[] = [];
    plugbay.on("readiness", (event) => told.push([event.item.priority, event.readiness.kind]));
    await bench.edit(item(), { config: { of: "b" } });
    await plugbay.refreshIfOlderThan(0);
    await bench.edit(item(), { priority: 7 });
    await plugbay.refreshIfOlderThan(0);
    expect([plugbay.get(otp)?.by, item().priority, told]).toEqual(["sms", 7, []]);
    gates.b.open();
    await settle();
    expect([plugbay.get(otp)?.by, told]).toEqual(["b", [[7, "ready"]]]);
  });

  test("for an item that is made for the first time: until then it is passed over, and explained", async () => {
    const { plugbay, item, readiness } = await open(gated("sms", { status: "disable" }));
    gates.sms = new Gate();
    const enabled = plugbay.control.updateItem(item().id, { status: "active" }, alice);
    await settle();
    expect(readiness()).toBe("making");
    expect(plugbay.explain(otp)).toMatchObject([{ reason: "making", readiness: { kind: "making" } }]);
    expect(() => plugbay.require(otp)).toThrow("apps/channels:sms is being made");
    gates.sms.open();
    await enabled;
    expect([readiness(), plugbay.require(otp).by]).toEqual(["ready", "sms"]);
  });
});

describe("what served serves on", () => {
  test("where its successor cannot be made and nothing else can serve, but getById does not give it", async () => {
    collectWarnings();
    const { plugbay, item, readiness, configure } = await open(gated());
    await configure({ of: "b", fails: true });
    expect([readiness(), plugbay.get(otp)?.by, plugbay.getById(otp, item().id)]).toEqual([
      "failed",
      "sms",
      undefined,
    ]);
    expect(await plugbay.run(otp, (sender) => sender.by)).toBe("sms");
    expect(log).not.toContain("end of sms");
  });

  test("where its config comes back before its successor is made, which is ended when it arrives", async () => {
    gates.b = new Gate();
    const { plugbay, item, configure } = await open(gated());
    const first = item().config;
    const saved = configure({ of: "b" });
    await settle();
    await bench.edit(item(), { config: first });
    await plugbay.refresh();
    await saved;
    expect(log).toEqual(["b is told to give up"]);
    gates.b.open();
    await settle();
    expect(log).toEqual(["b is told to give up", "b is made", "end of b"]);
    await bench.clock.advance(60_000);
    expect([plugbay.get(otp)?.by, log.includes("end of sms")]).toEqual(["sms", false]);
  });

  test("while one successor follows the other, and ends when the last is there", async () => {
    gates.b = new Gate();
    gates.c = new Gate();
    const { plugbay, configure } = await open(gated());
    void configure({ of: "b" });
    await settle();
    const saved = configure({ of: "c" });
    await settle();
    gates.b.open();
    await settle();
    expect(plugbay.get(otp)?.by).toBe("sms");
    gates.c.open();
    await saved;
    expect(plugbay.get(otp)?.by).toBe("c");
    await bench.clock.advance(30_000);
    expect(log.filter((line) => line.startsWith("end"))).toEqual(["end of b", "end of sms"]);
  });
});

describe("what arrives too late is ended", () => {
  test.each(["disable", "retire"] as const)(
    "for an item that was meanwhile taken out of use: %s",
    async (how) => {
      const { plugbay, item } = await open(gated("sms", { status: "disable" }));
      gates.sms = new Gate();
      const enabled = plugbay.control.updateItem(item().id, { status: "active" }, alice);
      await settle();
      const { id } = item();
      if (how === "retire") await plugbay.control.retire([id], alice);
      else await plugbay.control.updateItem(id, { status: "disable" }, alice);
      await enabled;
      gates.sms.open();
      await settle();
      expect(log).toEqual(["sms is told to give up", "sms is made", "end of sms"]);
      expect(plugbay.get(otp)).toBeUndefined();
    },
  );

  test("after its time: it has failed by then, and another attempt makes another", async () => {
    const warnings = collectWarnings();
    gates.b = new Gate();
    const { plugbay, readiness, configure } = await open(gated());
    const saved = configure({ of: "b" });
    await bench.clock.advance(5_000);
    await saved;
    expect(readiness()).toBe("failed");
    gates.b.open();
    await settle();
    expect(log).toEqual(["b is told to give up", "b is made", "end of b"]);
    await bench.clock.advance(1_000);
    expect([readiness(), plugbay.get(otp)?.by]).toEqual(["ready", "b"]);
    expect(warnings).toHaveLength(1);
  });
});

describe("an instance that is out of service", () => {
  test.each([
    ["30 seconds", undefined, 30_000],
    ["as long as an option says", 100, 100],
    ["not at all, where an option says so", 0, 0],
  ])("is left to those who took it from get for %s", async (_title, graceMs, ms) => {
    const plugbay = await bench.open([otp, gated()], graceMs === undefined ? {} : { graceMs });
    const id = itemOf(plugbay.items(otp), "sms").id;
    await plugbay.control.updateItem(id, { config: { of: "b" } }, alice);
    await bench.clock.advance(Math.max(0, ms - 1));
    if (ms > 0) expect(log).not.toContain("end of sms");
    await bench.clock.advance(1);
    expect(log).toContain("end of sms");
  });

  test("hears by its signal that all is over, and is disposed of", async () => {
    const { plugbay, configure } = await open(gated());
    await configure({ of: "b" });
    await bench.clock.advance(30_000);
    expect(log).toEqual(["b is made", "sms is told to give up", "end of sms"]);
    await plugbay.close();
    expect(log.slice(3)).toEqual(["b is told to give up", "end of b"]);
  });

  test("is kept as long as a lease has it, and closing ends that", async () => {
    const { plugbay, configure } = await open(gated());
    const [lease, other] = [plugbay.lease(otp), plugbay.lease(otp)];
    await configure({ of: "b" });
    await bench.clock.advance(60_000);
    lease?.release();
    lease?.release();
    expect([lease?.instance.by, lease?.item.name, log.includes("end of sms")]).toEqual(["sms", "sms", false]);
    other?.[Symbol.dispose]();
    expect(log).toContain("end of sms");
    const last = plugbay.lease(otp);
    await plugbay.close();
    expect([last?.instance.by, log.at(-1)]).toEqual(["b", "end of b"]);
    last?.release();
    expect(log.filter((line) => line === "end of b")).toHaveLength(1);
  });

  test("that serves again under another config, or for another item, is disposed of when nobody has it", async () => {
    const shared = new Sender("shared");
    const plugin = (name: string) =>
      definePlugin(otp, {
        name,
        module: "apps/channels",
        config,
        create: () => shared,
        dispose: () => void log.push("end"),
      });
    const { plugbay, item, configure } = await open(plugin("sms"), plugin("mail"));
    await configure({ of: "b" }, "sms");
    await bench.clock.advance(60_000);
    await plugbay.control.retire([item("sms").id], alice);
    await bench.clock.advance(60_000);
    expect([log, plugbay.get(otp)?.by]).toEqual([[], "shared"]);
    await plugbay.control.retire([item("mail").id], alice);
    await bench.clock.advance(60_000);
    expect(log).toEqual(["end"]);
  });
});

describe("an object of plugins with a dispose and one without", () => {
  const shared = new Sender("shared");
  const plugin = (name: string, hasDispose: boolean) =>
    definePlugin(otp, {
      name,
      module: "apps/channels",
      create: () => shared,
      ...(hasDispose ? { dispose: () => void log.push(`end by ${name}`) } : {}),
    });

  test.each([
    ["c", ["c", "a"], []],
    ["c", ["a", "b"], []],
    ["c", ["a", "b", "c"], ["end by b"]],
    ["a", ["b", "c"], []],
    ["a", ["c", "b", "a"], ["end by c"]],
  ])("is ended when the last that has it leaves; %s has no dispose: %j", async (without, leaving, ended) => {
    const plugins = ["a", "b", "c"].map((name) => plugin(name, name !== without));
    const plugbay = await bench.open([otp, ...plugins], { graceMs: 0 });
    for (const name of leaving) {
      await plugbay.control.retire([itemOf(plugbay.items(otp), name).id], alice);
      await bench.clock.advance(1);
    }
    expect(log).toEqual(ended);
    await plugbay.close();
    expect(log).toHaveLength(1);
  });
});

describe("a transient plugin whose constructor throws", () => {
  test("is tried again with growing pauses, until it can be made", async () => {
    collectWarnings();
    let isBroken = true;
    const flapping = definePlugin(otp, {
      name: "flapping",
      module: "apps/channels",
      lifetime: "transient",
      create: () => {
        log.push("try");
        if (isBroken) throw new Error("no");
        return new Sender("flapping");
      },
    });
    const { plugbay, item, readiness } = await open(flapping);
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      expect(plugbay.get(otp)).toBeUndefined();
      const found = plugbay.readiness(item("flapping"));
      if (found.kind !== "failed") throw new Error(found.kind);
      pauses.push(found.retryAt - bench.clock.now());
      await bench.clock.advance(found.retryAt - bench.clock.now());
      expect(readiness("flapping")).toBe("ready");
    }
    expect(log).toHaveLength(8);
    for (const [index, pause] of pauses.entries()) {
      const longest = Math.min(1_000 * 2 ** index, 60_000);
      expect(pause).toBeGreaterThanOrEqual(longest / 2);
      expect(pause).toBeLessThanOrEqual(longest);
    }
    isBroken = false;
    expect(plugbay.get(otp)?.by).toBe("flapping");
    isBroken = true;
    plugbay.get(otp);
    const found = plugbay.readiness(item("flapping"));
    expect(found.kind === "failed" && found.retryAt - bench.clock.now()).toBeLessThanOrEqual(1_000);
  });
});

test("a transient plugin that fails under a new config, and then under the one before, is not tried at every call", async () => {
  collectWarnings();
  let isBroken = false;
  const plugin = definePlugin(otp, {
    name: "sms",
    module: "apps/channels",
    lifetime: "transient",
    config: {
      "~standard": {
        version: 1,
        vendor: "test",
        validate: (value: unknown) => (value === "wrong" ? { issues: [{ message: "no" }] } : { value }),
      },
    },
    create: () => {
      log.push("try");
      if (isBroken) throw new Error("no");
      return new Sender("sms");
    },
  });
  const { plugbay, item } = await open(plugin);
  await bench.edit(item(), { config: "wrong" });
  await plugbay.refresh();
  expect(plugbay.get(otp)?.by).toBe("sms");
  isBroken = true;
  expect([plugbay.get(otp), plugbay.get(otp), plugbay.get(otp)]).toEqual([undefined, undefined, undefined]);
  expect(log).toEqual(["try", "try"]);
});

test("an instance that arrives in the very turn in which its slot leaves is disposed of once", async () => {
  for (let turns = 0; turns < 24; turns += 1) {
    let arrive = (_: Sender): void => undefined;
    const arrival = new Promise<Sender>((resolve) => {
      arrive = resolve;
    });
    const late = definePlugin(otp, {
      name: "late",
      module: "apps/channels",
      create: () => arrival,
      dispose: () => void log.push("end"),
    });
    const plugbay = await bench.open([otp]);
    plugbay.registry.register(late);
    await settle();
    log.length = 0;
    const closing = plugbay.close();
    for (let turn = 0; turn < turns; turn += 1) await undefined;
    arrive(new Sender("late"));
    await closing;
    await settle();
    expect([turns, log]).toEqual([turns, ["end"]]);
  }
});

test("nothing is made for an item that was disabled while its schema was asked", async () => {
  const gate = new Gate();
  const plugin = definePlugin(otp, {
    name: "sms",
    module: "apps/channels",
    config: {
      "~standard": {
        version: 1,
        vendor: "test",
        validate: async (value: unknown) => {
          if (value === "slow") await gate.passed;
          return { value };
        },
      },
    },
    create: ({ config: of }) => {
      log.push(`${of} is made`);
      return new Sender("sms");
    },
  });
  const { plugbay, item } = await open(plugin);
  await bench.edit(item(), { config: "slow" });
  await plugbay.refreshIfOlderThan(0);
  await plugbay.control.updateItem(item().id, { status: "disable" }, alice);
  gate.open();
  await settle();
  expect(log).toEqual([]);
});

test("an outage of all items is told once for each, and what is better than nothing serves", async () => {
  collectWarnings();
  const many = Array.from({ length: 300 }, (_, index) =>
    senderPlugin(`sender ${index}`, { create: () => Promise.reject(new Error("down")) }),
  );
  const { plugbay } = await open(senderPlugin("last", { status: "reserve" }));
  const told: string[] = [];
  plugbay.on("readiness", ({ item }) => told.push(item.name));
  plugbay.registry.register(many);
  await plugbay.refresh();
  expect([told.length, new Set(told).size, plugbay.get(otp)?.by]).toEqual([300, 300, "last"]);
});

describe("close", () => {
  test("disposes of what a lease of a transient plugin has, and only once", async () => {
    const plugin = definePlugin(otp, {
      name: "sms",
      module: "apps/channels",
      lifetime: "transient",
      create: () => new Sender("sms"),
      dispose: () => void log.push("end"),
    });
    const { plugbay } = await open(plugin);
    const lease = plugbay.lease(otp);
    await plugbay.close();
    expect(log).toEqual(["end"]);
    lease?.release();
    expect(log).toEqual(["end"]);
  });

  test("ends what is being made and leaves no timer, whatever comes later", async () => {
    gates.b = new Gate();
    const { plugbay, configure } = await open(gated());
    const saved = configure({ of: "b" });
    await settle();
    await plugbay.close();
    await saved;
    expect(bench.clock.pending).toBe(0);
    gates.b.open();
    await settle();
    expect(log).toEqual([
      "b is told to give up",
      "sms is told to give up",
      "end of sms",
      "b is made",
      "end of b",
    ]);
  });

  test("is followed by no timer, where what comes later takes its time to end", async () => {
    gates.late = new Gate();
    const ends = new Gate();
    const late = senderPlugin("late", {
      create: () => gates.late?.passed.then(() => new Sender("late")) as Promise<Sender>,
      dispose: async () => {
        log.push("end of late begins");
        await ends.passed;
      },
    });
    const plugbay = await bench.open([otp, senderPlugin("mail")]);
    plugbay.registry.register(late);
    await settle();
    await plugbay.close();
    gates.late.open();
    await settle();
    expect([log, bench.clock.pending]).toEqual([["end of late begins"], 0]);
    ends.open();
  });

  test("may be called by a create", async () => {
    const plugbay = await bench.open([otp, senderPlugin("mail")]);
    const rude = senderPlugin("rude", {
      create: () => {
        void plugbay.close();
        return new Sender("rude");
      },
      dispose: () => void log.push("end of rude"),
    });
    plugbay.registry.register(rude);
    await settle();
    expect(plugbay.state.kind).toBe("closed");
    expect(log).toEqual(["end of rude"]);
    expect(bench.clock.pending).toBe(0);
  });
});
