import type { PluginItem } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { settle } from "../runtime/manual-clock.ts";
import {
  answersOf,
  by,
  collectReports,
  configurable,
  InstancesBench,
  isIll,
  itemOf,
  Maker,
  nothing,
} from "./instances-bench.ts";

let maker: Maker;
let bench: InstancesBench;

beforeEach(() => {
  maker = new Maker();
  collectReports();
  bench = new InstancesBench(
    configurable("sms", () => maker.make("sms")),
    configurable("slow", () => maker.makeSlowly("slow")),
  );
});

const answers = (item: PluginItem) => answersOf(bench, item);

describe("an item that is disabled", () => {
  test("is made when it is wanted by its id, once, and that is told", () => {
    const sms = itemOf("sms", { status: "disable" });
    bench.instances.update([sms], []);
    expect(maker.count).toBe(0);
    expect(by(bench.instances.usableOnDemand(sms))).toBe("sms 1");
    expect(by(bench.instances.usableOnDemand(sms))).toBe("sms 1");
    expect(bench.told).toEqual(["sms: ready"]);
    expect(bench.instances.readiness(sms).kind).toBe("ready");
    expect(bench.instances.isInUse(bench.slot(sms))).toBe(false);
  });

  test("is begun when it is wanted by its id, and nothing is told before it is made", async () => {
    const slow = itemOf("slow", { status: "disable" });
    expect(bench.instances.usableOnDemand(slow)).toBeUndefined();
    expect(bench.told).toEqual([]);
    maker.gate.open();
    await settle();
    expect(by(bench.instances.usableOnDemand(slow))).toBe("slow 1");
    expect(bench.told).toEqual(["slow: ready"]);
  });

  test("is not made after the end, nor without its plugin", () => {
    expect(bench.instances.usableOnDemand(itemOf("unknown", { status: "disable" }))).toBeUndefined();
    bench.instances.retire();
    expect(bench.instances.usableOnDemand(itemOf("sms", { status: "disable" }))).toBeUndefined();
    expect(maker.count).toBe(0);
  });

  test("is as it was made when it is active again; it was ill before it was disabled", () => {
    const sms = bench.put("sms");
    bench.instances.diagnose(bench.slot(sms), isIll);
    bench.put("sms", { status: "disable" });
    const again = bench.put("sms");
    expect(answers(again)).toEqual({ isOffered: true, canServe: true, kept: "sms 1", usable: "sms 1" });
  });

  test("and could not be made is tried at once when it is active again", () => {
    maker.fails = true;
    bench.put("sms");
    bench.put("sms", { status: "disable" });
    expect(bench.clock.pending).toBe(0);
    maker.fails = false;
    const again = bench.put("sms");
    expect(answers(again)).toMatchObject({ isOffered: true, kept: "sms 2" });
  });

  test("while it was made on demand, is not made twice when it is active", async () => {
    const slow = itemOf("slow", { status: "disable" });
    bench.instances.usableOnDemand(slow);
    const active = bench.put("slow");
    maker.gate.open();
    await settle();
    expect(answers(active)).toMatchObject({ isOffered: true, kept: "slow 1" });
    expect(maker.count).toBe(1);
  });

  test("and was being made is not made any more", async () => {
    bench.put("slow");
    const disabled = bench.put("slow", { status: "disable" });
    maker.gate.open();
    await settle();
    expect(answers(disabled)).toEqual(nothing);
    expect(bench.instances.readiness(disabled).kind).toBe("idle");
  });

  test("and changes while it is made on demand is made all the same", async () => {
    bench.instances.usableOnDemand(itemOf("slow", { status: "disable" }));
    const disabled = bench.put("slow", { status: "disable", priority: 4 });
    maker.gate.open();
    await settle();
    expect(answers(disabled)).toMatchObject({ usable: "slow 1" });
  });

  test("and could not be made on demand is tried at once when it is active", () => {
    maker.fails = true;
    expect(bench.instances.usableOnDemand(itemOf("sms", { status: "disable" }))).toBeUndefined();
    maker.fails = false;
    expect(answers(bench.put("sms"))).toMatchObject({ isOffered: true, kept: "sms 2" });
    expect(bench.clock.pending).toBe(0);
  });
});
