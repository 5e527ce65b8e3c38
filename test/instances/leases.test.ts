import { definePlugin, type PluginItem } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import type { CallLease } from "../../src/instances/lease.ts";
import { otp, Sender } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { anyConfig, collectReports, graceMs, InstancesBench, policy } from "./instances-bench.ts";

let bench: InstancesBench;
let log: string[];
let fails: boolean;

const plugin = (name: string, lifetime: "singleton" | "transient") =>
  definePlugin(otp, {
    ...{ name, module: "apps/channels", lifetime, config: anyConfig },
    create: ({ signal, config }) => {
      if (fails) throw new Error("it is down");
      signal.addEventListener("abort", () => log.push(`told: ${(signal.reason as Error).message}`));
      return new Sender(`${name} ${JSON.stringify(config)}`);
    },
    dispose: ({ by }) => void log.push(`end of ${by}`),
  });

beforeEach(() => {
  log = [];
  fails = false;
  bench = new InstancesBench(plugin("sms", "singleton"), plugin("fresh", "transient"));
});

const take = (item: PluginItem, purpose: "call" | "other" = "call"): CallLease => {
  const lease = bench.instances.lease(item, purpose);
  if (lease === undefined) throw new Error(`"${item.name}" cannot be taken`);
  return lease;
};

describe("an instance that is out of service", () => {
  test("is left for its time to those who took it, and then told and ended", async () => {
    bench.put("sms");
    bench.put("sms", { config: 1 });
    await bench.clock.advance(graceMs - 1);
    expect(log).toEqual([]);
    await bench.clock.advance(1);
    expect(log).toEqual(["told: it is out of service", "end of sms {}"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("is ended with its last lease, where that takes longer", async () => {
    const sms = bench.put("sms");
    const [first, second] = [take(sms), take(sms)];
    bench.put("sms", { config: 1 });
    await bench.clock.advance(graceMs);
    first.release();
    first.release();
    await settle();
    expect(log).toEqual([]);
    second[Symbol.dispose]();
    await settle();
    expect(log).toEqual(["told: it is out of service", "end of sms {}"]);
  });

  test("is left for its time, though its last lease ends before that", async () => {
    const sms = bench.put("sms");
    const lease = take(sms);
    bench.put("sms", { config: 1 });
    lease.release();
    await bench.clock.advance(graceMs - 1);
    expect(log).toEqual([]);
    await bench.clock.advance(1);
    expect(log).toHaveLength(2);
  });

  test("is ended in its turn: each when its own time is up, by one timer", async () => {
    bench.put("sms");
    bench.put("sms", { config: 1 });
    await bench.clock.advance(10);
    bench.put("sms", { config: 2 });
    expect(bench.clock.pending).toBe(1);
    await bench.clock.advance(graceMs - 10);
    expect(log.filter((line) => line.startsWith("end"))).toEqual(["end of sms {}"]);
    expect(bench.clock.pending).toBe(1);
    await bench.clock.advance(10);
    expect(log.filter((line) => line.startsWith("end"))).toEqual(["end of sms {}", "end of sms 1"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("is ended at once when all are retired, unless it is leased", async () => {
    const sms = bench.put("sms");
    const lease = take(sms);
    bench.put("sms", { config: 1 });
    bench.instances.retire();
    await settle();
    expect(log.filter((line) => line.startsWith("end"))).toEqual(["end of sms 1"]);
    expect(bench.clock.pending).toBe(0);
    lease.release();
    await settle();
    expect(log.filter((line) => line.startsWith("end"))).toEqual(["end of sms 1", "end of sms {}"]);
  });

  test("is ended once when plugbay is closed, whoever has it", async () => {
    const sms = bench.put("sms");
    const lease = take(sms);
    await bench.instances.close(1_000);
    expect(log.filter((line) => line.startsWith("end"))).toEqual(["end of sms {}"]);
    lease.release();
    await settle();
    expect(log).toHaveLength(2);
    expect(bench.instances.slotOf(sms.id)).toBeUndefined();
    expect(bench.instances.update([sms], [])).toEqual([]);
    expect(bench.instances.get(sms)).toBeUndefined();
  });

  test("is kept for who uses its slot, until they say so", async () => {
    const sms = bench.put("sms");
    const done = bench.instances.use(bench.slot(sms));
    bench.put("sms", { config: 1 });
    await bench.clock.advance(graceMs);
    expect(log).toEqual([]);
    done();
    await settle();
    expect(log).toHaveLength(2);
  });
});

describe("an instance of a transient plugin", () => {
  test("is its lease's own, and ended with it", async () => {
    const fresh = bench.put("fresh", { config: 1 });
    const [first, second] = [take(fresh), take(fresh)];
    expect(first.instance).not.toBe(second.instance);
    first.release();
    first.release();
    await settle();
    expect(log).toEqual(["end of fresh 1"]);
    second.release();
    await settle();
    expect(log).toEqual(["end of fresh 1", "end of fresh 1"]);
  });

  test("is ended when plugbay is closed, once", async () => {
    const lease = take(bench.put("fresh"));
    await bench.instances.close(1_000);
    expect(log).toEqual(["told: it is out of service", "end of fresh {}"]);
    lease.release();
    await settle();
    expect(log.filter((line) => line.startsWith("end"))).toEqual(["end of fresh {}"]);
  });

  test("is no reason to end another, whose lease is released meanwhile", async () => {
    take(bench.put("fresh"));
    take(bench.put("sms")).release();
    await settle();
    expect(log).toEqual([]);
  });

  test("that cannot be made is not taken, and its item is passed over until it can", async () => {
    const reports = collectReports();
    const fresh = bench.put("fresh");
    fails = true;
    expect(bench.instances.lease(fresh, "call")).toBeUndefined();
    expect(bench.told).toEqual(["fresh: failed"]);
    expect(reports).toEqual([
      expect.stringMatching(
        /^plugin "fresh" .* could not be made ready: it is down; it is skipped and tried again\n/,
      ),
    ]);
    await bench.clock.advance(1_000);
    expect(bench.told).toEqual(["fresh: failed", "fresh: ready"]);
    fails = false;
    expect(take(fresh).instance).toBeDefined();
  });
});

describe("a lease", () => {
  test("tells the item as it was when it began, and the secrets that it was made with", () => {
    const sms = bench.put("sms");
    const lease = take(sms);
    bench.put("sms", { priority: 3 });
    expect(lease.item).toBe(sms);
    expect(lease.secrets).toEqual([]);
  });

  test("tells whether its item is put aside", () => {
    const sms = bench.put("sms");
    const lease = take(sms);
    expect(lease.isAside).toBe(false);
    bench.fail(sms, 2);
    expect(lease.isAside).toBe(false);
    bench.fail(sms, 1);
    expect(lease.isAside).toBe(true);
  });

  test("of a call is the probe of what may be tried, and gives it back untried", async () => {
    const sms = bench.put("sms");
    bench.fail(sms, 3);
    await bench.clock.advance(100);
    expect(take(sms, "other").isAside).toBe(false);
    const probe = take(sms);
    expect(probe.isAside).toBe(true);
    take(sms).giveBack();
    expect(probe.isAside).toBe(true);
    probe.giveBack();
    expect(probe.isAside).toBe(false);
    take(sms).record("success", policy);
    expect(bench.slot(sms).circuit?.finding.circuit.kind).toBe("closed");
  });
});

test("a lease that is given back where nothing was wrong changes nothing", () => {
  const sms = bench.put("sms");
  take(sms).giveBack();
  expect(bench.slot(sms).circuit).toBeUndefined();
});

describe("what became of a call", () => {
  const failures = (item: PluginItem) => bench.slot(item).failures;

  test("is noted with its error and its time, and forgotten after a success", async () => {
    const sms = bench.put("sms");
    await bench.clock.advance(5);
    bench.fail(sms, 2);
    expect(failures(sms)).toEqual({ count: 2, error: new Error("it is down"), at: bench.clock.now() });
    const lease = take(sms);
    lease.record("success", policy);
    expect(failures(sms)).toBeUndefined();
  });

  test("is forgotten by no success of a call that began before it was put aside", () => {
    const sms = bench.put("sms");
    const before = take(sms);
    bench.fail(sms, 3);
    before.record("success", policy);
    expect(failures(sms)?.count).toBe(3);
  });

  test.each([
    ["success", policy],
    ["unsuitable", policy],
    ["rejected", policy],
    ["retryable", false],
    ["ambiguous", false],
  ] as const)("is of no interest where nothing was wrong: %s, with %j as the policy", (outcome, by) => {
    const sms = bench.put("sms");
    take(sms).record(outcome, by);
    expect(bench.slot(sms).circuit).toBeUndefined();
    expect(failures(sms)).toBeUndefined();
  });

  test.each([
    ["retryable", policy, 1],
    ["ambiguous", policy, 1],
    ["unauthorized", false, 1],
    [{ exhausted: 50 }, false, 1],
  ] as const)("is counted where it tells of the item: %j, with %j as the policy", (outcome, by, count) => {
    const sms = bench.put("sms");
    take(sms).record(outcome, by);
    expect(failures(sms)?.count).toBe(count);
    expect(bench.slot(sms).circuit).toBeDefined();
  });

  test.each(["unsuitable", "rejected"] as const)("is no failure of the item where it is %s", (outcome) => {
    const sms = bench.put("sms");
    bench.fail(sms, 1);
    take(sms).record(outcome, policy);
    expect(failures(sms)?.count).toBe(1);
  });

  test("counts for the instance that it used, and no more when another serves", () => {
    const sms = bench.put("sms");
    const lease = take(sms);
    const slot = bench.slot(sms);
    const changed = bench.put("sms", { config: 1 });
    lease.record("unauthorized", policy);
    expect(slot.failures).toBeUndefined();
    expect(bench.instances.readiness(changed)).toEqual({ kind: "ready" });
    expect(bench.told).toEqual([]);
  });
});
