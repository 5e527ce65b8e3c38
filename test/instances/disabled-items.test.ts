import type { PluginItem } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { Sender } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { settle } from "../runtime/manual-clock.ts";
import { collectReports, configurable, InstancesBench, itemOf } from "./instances-bench.ts";

let gate: Gate;
let fails: boolean;
let count: number;
let bench: InstancesBench;

const made = (name: string) => {
  count += 1;
  if (fails) throw new Error(`${name} is wrong`);
  return new Sender(`${name} ${count}`);
};

beforeEach(() => {
  gate = new Gate();
  fails = false;
  count = 0;
  collectReports();
  bench = new InstancesBench(
    configurable("sms", () => made("sms")),
    configurable("slow", async () => {
      await gate.passed;
      return made("slow");
    }),
  );
});

const isIll = { error: new Error("is ill"), retryAt: 0 };
const by = (instance: object | undefined) => (instance as Sender | undefined)?.by;

/** What is answered of an item, all at once. */
const answers = (item: PluginItem) => ({
  isOffered: bench.instances.isOffered(item),
  canServe: bench.instances.canServe(item),
  kept: by(bench.instances.kept(item)),
  usable: by(bench.instances.usable(item)),
});

const nothing = { isOffered: false, canServe: false, kept: undefined, usable: undefined };

describe("an item that is disabled", () => {
  test("is made when it is wanted by its id, once, and that is told", () => {
    const sms = itemOf("sms", { status: "disable" });
    bench.instances.update([sms], []);
    expect(count).toBe(0);
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
    gate.open();
    await settle();
    expect(by(bench.instances.usableOnDemand(slow))).toBe("slow 1");
    expect(bench.told).toEqual(["slow: ready"]);
  });

  test("is not made after the end, nor without its plugin", () => {
    expect(bench.instances.usableOnDemand(itemOf("unknown", { status: "disable" }))).toBeUndefined();
    bench.instances.retire();
    expect(bench.instances.usableOnDemand(itemOf("sms", { status: "disable" }))).toBeUndefined();
    expect(count).toBe(0);
  });

  test("is as it was made when it is active again; it was ill before it was disabled", () => {
    const sms = bench.put("sms");
    bench.instances.diagnose(bench.slot(sms), isIll);
    bench.put("sms", { status: "disable" });
    const again = bench.put("sms");
    expect(answers(again)).toEqual({ isOffered: true, canServe: true, kept: "sms 1", usable: "sms 1" });
  });

  test("and could not be made is tried at once when it is active again", () => {
    fails = true;
    bench.put("sms");
    bench.put("sms", { status: "disable" });
    expect(bench.clock.pending).toBe(0);
    fails = false;
    const again = bench.put("sms");
    expect(answers(again)).toMatchObject({ isOffered: true, kept: "sms 2" });
  });

  test("while it was made on demand, is not made twice when it is active", async () => {
    const slow = itemOf("slow", { status: "disable" });
    bench.instances.usableOnDemand(slow);
    const active = bench.put("slow");
    gate.open();
    await settle();
    expect(answers(active)).toMatchObject({ isOffered: true, kept: "slow 1" });
    expect(count).toBe(1);
  });

  test("and was being made is not made any more", async () => {
    bench.put("slow");
    const disabled = bench.put("slow", { status: "disable" });
    gate.open();
    await settle();
    expect(answers(disabled)).toEqual(nothing);
    expect(bench.instances.readiness(disabled).kind).toBe("idle");
  });

  test("and changes while it is made on demand is made all the same", async () => {
    bench.instances.usableOnDemand(itemOf("slow", { status: "disable" }));
    const disabled = bench.put("slow", { status: "disable", priority: 4 });
    gate.open();
    await settle();
    expect(answers(disabled)).toMatchObject({ usable: "slow 1" });
  });

  test("and could not be made on demand is tried at once when it is active", () => {
    fails = true;
    expect(bench.instances.usableOnDemand(itemOf("sms", { status: "disable" }))).toBeUndefined();
    fails = false;
    expect(answers(bench.put("sms"))).toMatchObject({ isOffered: true, kept: "sms 2" });
    expect(bench.clock.pending).toBe(0);
  });
});
