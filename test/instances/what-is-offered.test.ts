import { definePlugin, type PluginItem } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { settle } from "../runtime/manual-clock.ts";
import {
  answersOf,
  anyConfig,
  by,
  collectReports,
  configurable,
  InstancesBench,
  isIll,
  itemOf,
  Maker,
  nothing,
  policy,
} from "./instances-bench.ts";

let maker: Maker;
let bench: InstancesBench;

beforeEach(() => {
  maker = new Maker();
  collectReports();
  bench = new InstancesBench(
    configurable("sms", () => maker.make("sms")),
    senderPlugin("mail", { create: () => maker.make("mail") }),
    configurable("slow", () => maker.makeSlowly("slow")),
    definePlugin(otp, {
      ...{ name: "fresh", module: "apps/channels", lifetime: "transient", config: anyConfig },
      create: () => maker.make("fresh"),
    }),
  );
});

const hold = { reason: "maintenance", by: "alice", since: "2030-01-01T00:00:00.000Z" };
const lead = { until: "2030-01-02T00:00:00.000Z", by: "alice", since: "2030-01-01T00:00:00.000Z" };
const answers = (item: PluginItem) => answersOf(bench, item);

describe("an item is offered", () => {
  test("when its instance is there, as it is now, and not as it was before", () => {
    const before = bench.put("sms");
    const sms = bench.put("sms", { priority: 5 });
    expect(answers(sms)).toEqual({ isOffered: true, canServe: true, kept: "sms 1", usable: "sms 1" });
    expect(bench.instances.isOffered(before)).toBe(false);
    expect(by(bench.instances.get(before))).toBe("sms 1");
  });

  test("when it leads, though it is disabled", () => {
    expect(bench.instances.isOffered(bench.put("sms", { status: "disable", lead }))).toBe(true);
  });

  test("not when it is held, or disabled, though what it has can be used", () => {
    bench.put("sms");
    const held = bench.put("sms", { hold });
    expect(answers(held)).toEqual({ isOffered: false, canServe: true, kept: "sms 1", usable: "sms 1" });
    const disabled = bench.put("sms", { status: "disable" });
    expect(answers(disabled)).toEqual({ isOffered: false, canServe: true, kept: "sms 1", usable: "sms 1" });
  });

  test("not when it is ill, and then by its id neither", () => {
    const sms = bench.put("sms");
    bench.instances.diagnose(bench.slot(sms), isIll);
    expect(answers(sms)).toEqual({ isOffered: false, canServe: true, kept: "sms 1", usable: undefined });
    expect(bench.instances.isUnhealthy(sms)).toBe(true);
  });

  test("not when its calls fail, though it is there where nothing else is", () => {
    const sms = bench.put("sms");
    expect(bench.instances.isCircuitOpen(sms)).toBe(false);
    bench.fail(sms, 3);
    expect(answers(sms)).toEqual({ isOffered: false, canServe: true, kept: "sms 1", usable: "sms 1" });
    expect(bench.instances.isCircuitOpen(sms)).toBe(true);
    expect(bench.instances.isUnhealthy(sms)).toBe(false);
  });

  test("not before it is made, or when it could not be, or when it is unknown here", () => {
    expect(answers(bench.put("slow"))).toEqual(nothing);
    maker.fails = true;
    expect(answers(bench.put("sms"))).toEqual(nothing);
    expect(answers(bench.put("nobody knows it"))).toEqual(nothing);
    expect(answers(itemOf("mail"))).toEqual(nothing);
  });

  test("with the instance before, until the next one is there; and by its id not once that failed", async () => {
    const slow = bench.put("slow");
    maker.gate.open();
    await settle();
    maker.gate = new Gate();
    expect(by(bench.instances.get(slow))).toBe("slow 1");
    const changed = bench.put("slow", { config: { a: 1 } });
    expect(answers(changed)).toEqual({ isOffered: true, canServe: true, kept: "slow 1", usable: "slow 1" });
    maker.fails = true;
    maker.gate.open();
    await settle();
    expect(answers(changed)).toEqual({
      isOffered: false,
      canServe: true,
      kept: "slow 1",
      usable: undefined,
    });
  });

  test("also where each call gets an instance of its own, of which none is kept", () => {
    const fresh = bench.put("fresh");
    expect(maker.count).toBe(0);
    expect(bench.instances.kept(fresh)).toBeUndefined();
    expect(bench.instances.isOffered(fresh)).toBe(true);
    expect([bench.instances.get(fresh), bench.instances.usable(fresh)].map(by)).toEqual([
      "fresh 1",
      "fresh 2",
    ]);
  });
});

describe("one that is passed over for more than one reason", () => {
  test("is put aside for neither alone", () => {
    const sms = bench.put("sms");
    bench.fail(sms, 3);
    bench.instances.diagnose(bench.slot(sms), isIll);
    expect(bench.instances.isUnhealthy(sms)).toBe(false);
    expect(bench.instances.isCircuitOpen(sms)).toBe(false);
  });

  test("refused credentials are no failures of calls", () => {
    const sms = bench.put("sms");
    bench.fail(sms, 1, "unauthorized");
    expect(bench.instances.isCircuitOpen(sms)).toBe(false);
  });

  test("what is not there is neither", () => {
    const sms = itemOf("sms");
    expect(bench.instances.isUnhealthy(sms)).toBe(false);
    expect(bench.instances.isCircuitOpen(sms)).toBe(false);
  });
});

describe("a change", () => {
  test("returns those that were tried and cannot be made, and no others", () => {
    maker.fails = true;
    const items = ["sms", "slow", "mail", "unknown"].map((name) => itemOf(name));
    const disabled = { ...itemOf("sms"), id: "another", status: "disable" } as const;
    const failed = bench.instances.update([...items, disabled], []);
    expect(failed.map(({ name }) => name)).toEqual(["sms", "mail"]);
  });

  test("is settled when those that are meant are made", async () => {
    const slow = bench.put("slow");
    let isSettled = false;
    void bench.instances
      .settled(({ name }) => name === "slow")
      .then(() => {
        isSettled = true;
      });
    await bench.instances.settled(({ name }) => name === "sms");
    let areAllSettled = false;
    void bench.instances.settled().then(() => {
      areAllSettled = true;
    });
    await settle();
    expect([isSettled, areAllSettled]).toEqual([false, false]);
    maker.gate.open();
    await settle();
    expect([isSettled, areAllSettled]).toEqual([true, true]);
    expect(bench.instances.isOffered(slow)).toBe(true);
    expect(bench.told).toEqual(["slow: ready"]);
  });
});

describe("what a health check finds", () => {
  test("is told when it is news, which the same words are not", () => {
    const sms = bench.put("sms");
    const slot = bench.slot(sms);
    const [first, second] = [1, 2].map((retryAt) => ({ error: new Error("is ill"), retryAt }));
    bench.instances.diagnose(slot, undefined);
    bench.instances.diagnose(slot, first);
    bench.instances.diagnose(slot, second);
    expect(bench.told).toEqual(["sms: failed"]);
    expect(bench.instances.readiness(sms)).toMatchObject({ kind: "failed", retryAt: 2 });
    bench.instances.diagnose(slot, { error: new Error("is worse"), retryAt: 3 });
    bench.instances.diagnose(slot, undefined);
    expect(bench.told).toEqual(["sms: failed", "sms: failed", "sms: ready"]);
  });

  test("holds when anything but the config changes", () => {
    const sms = bench.put("sms");
    bench.instances.diagnose(bench.slot(sms), isIll);
    expect(bench.instances.isOffered(bench.put("sms", { priority: 3 }))).toBe(false);
  });

  test("of what is out of use is of no interest", () => {
    const sms = bench.put("sms");
    const slot = bench.slot(sms);
    bench.put("sms", { config: { a: 1 } });
    bench.instances.diagnose(slot, isIll);
    expect(slot.health).toBeUndefined();
    expect(bench.told).toEqual([]);
    expect(bench.instances.isInUse(slot)).toBe(false);
  });
});

test("only what serves by the item's own config is in use", async () => {
  const slow = bench.put("slow");
  expect(bench.instances.isInUse(bench.slot(slow))).toBe(false);
  maker.gate.open();
  await settle();
  maker.gate = new Gate();
  const before = bench.slot(slow);
  expect(bench.instances.isInUse(before)).toBe(true);
  const changed = bench.put("slow", { config: { a: 1 } });
  expect(before.state.kind).toBe("ready");
  expect(bench.instances.isInUse(before)).toBe(false);
  expect(bench.instances.isInUse(bench.slot(changed))).toBe(false);
});

test("those that are ready are listed for health checks, and no others", () => {
  bench.put("slow");
  bench.put("sms");
  maker.fails = true;
  bench.put("mail");
  expect(bench.instances.readySlots().map(({ item }) => item.name)).toEqual(["sms"]);
});

describe("an instance is taken for an item", () => {
  test("that has made it by its own config, as it is now", async () => {
    const before = bench.put("sms");
    const sms = bench.put("sms", { priority: 2 });
    expect(bench.instances.leaseKept(before)).toBeUndefined();
    expect(by(bench.instances.leaseKept(sms)?.instance)).toBe("sms 1");
    expect(bench.instances.leaseKept(bench.put("fresh"))).toBeUndefined();
    expect(bench.instances.leaseKept(bench.put("slow"))).toBeUndefined();
    expect(bench.instances.lease(bench.put("slow"), "other")).toBeUndefined();
    expect(maker.count).toBe(1);
  });

  test("that no snapshot has, until a change takes it out", () => {
    const plugin = senderPlugin("override");
    const item = itemOf("override");
    bench.instances.admit(plugin, item, new Sender("from a test"));
    expect(by(bench.instances.get(item))).toBe("from a test");
    expect(bench.instances.isOffered(item)).toBe(true);
    bench.instances.update([], [item.id]);
    expect(bench.instances.get(item)).toBeUndefined();
  });
});

test("an outcome that is told of later counts for what serves, from when its call began", async () => {
  const sms = bench.put("sms");
  const before = bench.clock.now();
  await bench.clock.advance(10);
  for (let calls = 0; calls < 3; calls += 1) bench.instances.recordLater(sms, "retryable", before, policy);
  expect(bench.instances.isCircuitOpen(sms)).toBe(true);
  expect(bench.slot(sms).failures).toEqual({ count: 3, error: undefined, at: bench.clock.now() });
  bench.instances.recordLater(sms, "success", before, policy);
  expect(bench.instances.isCircuitOpen(sms)).toBe(true);
  await bench.clock.advance(10);
  bench.instances.recordLater(sms, "success", bench.clock.now(), policy);
  expect(bench.instances.isCircuitOpen(sms)).toBe(false);
  expect(() => bench.instances.recordLater(itemOf("mail"), "success", before, policy)).not.toThrow();
});
