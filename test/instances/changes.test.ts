import { definePlugin, type PluginItem } from "plugbay";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readinessOf } from "../../src/instances/readiness.ts";
import { isReady } from "../../src/instances/slot.ts";
import { showConfig } from "../../src/secrets/shown-config.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { schema } from "../definition/schema.ts";
import { settle } from "../runtime/manual-clock.ts";
import { collectReports, configurable, graceMs, InstancesBench, itemOf } from "./instances-bench.ts";

let log: string[];
beforeEach(() => {
  collectReports();
  log = [];
  // Without jitter: pauses have their full length.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const never = () => new Promise<never>(() => undefined);
const by = (instance: object | undefined) => (instance as Sender | undefined)?.by;
const dispose = ({ by: name }: { readonly by: string }) => void log.push(`end of ${name}`);

describe("an item that becomes another plugin's", () => {
  const id = "the same";
  const open = () =>
    new InstancesBench(
      senderPlugin("sms", { dispose }),
      senderPlugin("mail"),
      senderPlugin("slow", { create: never }),
    );

  test("is made by that one, though the config is the same", () => {
    const bench = open();
    bench.put("sms", { id });
    expect(by(bench.instances.get(bench.put("mail", { id })))).toBe("mail");
  });

  test("is not served by the former one until that is made", async () => {
    const bench = open();
    bench.put("sms", { id });
    const slow = bench.put("slow", { id });
    expect(bench.instances.canServe(slow)).toBe(false);
    expect(bench.instances.readiness(slow).kind).toBe("making");
    await bench.clock.advance(graceMs);
    expect(log).toEqual(["end of sms"]);
  });
});

test("a config of another version is another config, though it reads the same", () => {
  const bench = new InstancesBench(configurable("sms", () => new Sender("sms")));
  bench.put("sms", { config: {} });
  const newer = bench.put("sms", { config: {}, configVersion: 9 });
  expect(bench.instances.readiness(newer).kind).toBe("failed");
});

test("an item that changes before it is made is made from what it is then", async () => {
  const bench = new InstancesBench(
    configurable("sms", async (config) => new Sender(JSON.stringify(config)), dispose),
  );
  bench.put("sms", { config: 1 });
  const sms = bench.put("sms", { config: 2 });
  await settle();
  expect(by(bench.instances.get(sms))).toBe("2");
  expect(log).toEqual(["end of 1"]);
});

test("an item that cannot be made waits its time, whatever else of it changes", async () => {
  let calls = 0;
  const bench = new InstancesBench(
    configurable("sms", () => {
      calls += 1;
      throw new Error("it is down");
    }),
  );
  bench.put("sms");
  await bench.clock.advance(500);
  bench.put("sms", { priority: 3 });
  expect(calls).toBe(1);
  await bench.clock.advance(500);
  expect(calls).toBe(2);
});

describe("a create that puts its own item out of use", () => {
  let bench: InstancesBench;
  let fails: boolean;
  let isLast: boolean;
  beforeEach(() => {
    fails = false;
    isLast = true;
    const create = () => {
      if (isLast) bench.instances.update([], ["id-sms", "id-fresh"]);
      if (fails) throw new Error("it is wrong");
      return new Sender("of no use");
    };
    bench = new InstancesBench(
      senderPlugin("sms", { create, dispose }),
      definePlugin(otp, { name: "fresh", module: "apps/channels", lifetime: "transient", create, dispose }),
    );
  });

  test("has what it makes ended, and nothing is told", async () => {
    const sms = bench.put("sms");
    expect(bench.instances.slotOf(sms.id)).toBeUndefined();
    await settle();
    expect(log).toEqual(["end of of no use"]);
    expect(bench.told).toEqual([]);
  });

  test("is not tried again where it fails", () => {
    fails = true;
    bench.put("sms");
    expect(bench.clock.pending).toBe(0);
  });

  test.each([[true], [false]])("stays so where each call makes one: it fails: %s", (doesFail) => {
    const fresh = bench.put("fresh");
    const slot = bench.slot(fresh);
    fails = doesFail;
    expect(by(bench.instances.get(fresh))).toBe(doesFail ? undefined : "of no use");
    expect(slot.state.kind).toBe("leaving");
    expect(bench.clock.pending).toBe(0);
    expect(bench.told).toEqual([]);
  });

  test("stays so though it failed before, and does not any more", async () => {
    const fresh = bench.put("fresh");
    const slot = bench.slot(fresh);
    [fails, isLast] = [true, false];
    bench.instances.get(fresh);
    await bench.clock.advance(1_000);
    expect(slot.state).toMatchObject({ kind: "ready", failures: 1 });
    [fails, isLast] = [false, true];
    bench.instances.get(fresh);
    expect(slot.state.kind).toBe("leaving");
  });
});

describe("a plugin that fails at each call", () => {
  let fails: boolean;
  let bench: InstancesBench;
  let calls: number;
  beforeEach(() => {
    fails = true;
    calls = 0;
    bench = new InstancesBench(
      definePlugin(otp, {
        ...{ name: "fresh", module: "apps/channels", lifetime: "transient" },
        config: schema(undefined, (value) => (value === "slow" ? never() : { value })),
        create: () => {
          calls += 1;
          if (fails) throw new Error("it is down");
          return new Sender("fresh");
        },
      }),
    );
  });

  const pause = (item: PluginItem): number => {
    const readiness = bench.instances.readiness(item);
    return readiness.kind === "failed" ? readiness.retryAt - bench.clock.now() : Number.NaN;
  };

  test("is passed over for longer each time, until one call succeeds", async () => {
    const fresh = bench.put("fresh");
    expect(bench.slot(fresh).state).toBe(isReady);
    for (const ms of [1_000, 2_000, 4_000]) {
      bench.instances.get(fresh);
      expect(pause(fresh)).toBe(ms);
      await bench.clock.advance(ms);
      expect(bench.instances.readiness(fresh).kind).toBe("ready");
    }
    fails = false;
    bench.instances.get(fresh);
    fails = true;
    bench.instances.get(fresh);
    expect(pause(fresh)).toBe(1_000);
  });

  test("is not tried by each call while its next config is read", () => {
    bench.put("fresh");
    const slow = bench.put("fresh", { config: "slow" });
    for (let times = 0; times < 3; times += 1) expect(bench.instances.get(slow)).toBeUndefined();
    expect(calls).toBe(1);
    expect(bench.instances.canServe(slow)).toBe(false);
  });
});

describe("an instance that leaves", () => {
  test("is forgotten at once where nobody would hear of its end", () => {
    class Plain extends Sender {
      constructor() {
        super("plain");
      }
    }
    const bench = new InstancesBench(
      definePlugin(otp, { name: "sms", module: "apps/channels", class: Plain }),
    );
    const sms = bench.put("sms");
    expect(bench.instances.canServe(sms)).toBe(true);
    bench.instances.update([], [sms.id]);
    expect(bench.clock.pending).toBe(0);
  });

  test("is told so where it lives by its signal, though it has no end of its own", async () => {
    class Listening extends Sender {
      constructor({ signal }: { readonly signal: AbortSignal }) {
        super("listening");
        signal.addEventListener("abort", () => log.push((signal.reason as Error).message));
      }
    }
    const bench = new InstancesBench(
      definePlugin(otp, { name: "sms", module: "apps/channels", class: Listening }),
    );
    const sms = bench.put("sms");
    bench.instances.update([], [sms.id]);
    await bench.clock.advance(graceMs - 1);
    expect(log).toEqual([]);
    await bench.clock.advance(1);
    expect(log).toEqual(["it is out of service"]);
  });
});

describe("what is known of an item", () => {
  const since = "2030-01-01T00:00:00.000Z";
  const hold = { reason: "maintenance", by: "alice", since };
  const open = () => new InstancesBench(senderPlugin("sms"));
  const readiness = (name: string, patch: Partial<PluginItem> = {}) =>
    open().instances.readiness(itemOf(name, patch));

  test.each([
    ["idle", "sms", {}],
    ["idle", "sms", { status: "disable" }],
    ["idle", "sms", { status: "disable", hold }],
    ["idle", "sms", { retiredAt: since }],
    ["missing", "mail", {}],
    ["missing", "mail", { status: "disable" }],
    ["missing", "mail", { retiredAt: since }],
    ["held", "sms", { hold }],
    ["missing", "mail", { hold }],
  ] as const)("is that it is %s before it was put in its place: %s, %j", (kind, name, patch) => {
    expect(readiness(name, patch).kind).toBe(kind);
  });

  test.each([
    [{}, undefined],
    [{ until: "2030-02-01T00:00:00.000Z" }, Date.UTC(2030, 1)],
  ])("is why it is held, by whom and until when: %j", (more, until) => {
    const bench = open();
    const sms = bench.put("sms", { hold: { ...hold, ...more } });
    expect(bench.instances.readiness(sms)).toEqual({
      kind: "held",
      until,
      reason: "maintenance",
      by: "alice",
    });
  });

  test("is not asked of the code where its slot is there", () => {
    const bench = open();
    const sms = bench.put("sms");
    const isKnown = (): never => {
      throw new Error("it was asked");
    };
    expect(readinessOf(sms, bench.slot(sms), true, isKnown).kind).toBe("ready");
  });

  test("is nothing once it is retired: it is served no more, and not made again", () => {
    const bench = open();
    bench.put("sms");
    const retired = bench.put("sms", { retiredAt: since });
    expect(bench.instances.isRetired(retired)).toBe(true);
    expect(bench.instances.slotOf(retired.id)).toBeUndefined();
    expect(bench.instances.readiness(retired)).toEqual({ kind: "idle" });
  });
});

describe("secrets", () => {
  test("that nobody here has the key of keep an item from being made, and it is said which", () => {
    const bench = new InstancesBench(configurable("sms", () => new Sender("sms")));
    const token = { $secret: "v1.another.AAAA.AAAA", at: "2030-01-01T00:00:00.000Z", fingerprint: "x" };
    const sms = bench.put("sms", { config: showConfig({ token }) });
    const readiness = bench.instances.readiness(sms);
    expect(readiness).toMatchObject({ kind: "failed", error: { code: "PLUGIN_MISCONFIGURED" } });
    expect(readiness).toMatchObject({ error: { issues: [{ path: ["token"] }] } });
  });

  test("there are none without a config", () => {
    const bench = new InstancesBench(senderPlugin("sms"));
    const sms = bench.put("sms");
    expect(bench.instances.lease(sms, "call")?.secrets).toEqual([]);
  });
});
