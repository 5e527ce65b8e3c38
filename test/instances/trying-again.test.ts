import { beforeEach, describe, expect, test, vi } from "vitest";
import { backoff } from "../../src/instances/backoff.ts";
import { isReady } from "../../src/instances/slot.ts";
import { Sender } from "../definition/otp.ts";
import { collectReports, configurable, graceMs, InstancesBench, itemOf } from "./instances-bench.ts";

let reports: string[];
let log: string[];
beforeEach(() => {
  reports = collectReports();
  log = [];
  // Without jitter: pauses have their full length.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

describe("an item that cannot be made", () => {
  let fails: boolean;
  let calls: number;
  let bench: InstancesBench;
  beforeEach(() => {
    fails = true;
    calls = 0;
    bench = new InstancesBench(
      configurable(
        "sms",
        () => {
          calls += 1;
          if (fails) throw new Error("it is down");
          return new Sender(`sms ${calls}`);
        },
        ({ by }) => void log.push(`end of ${by}`),
      ),
    );
  });

  test("is tried again after 1, 2 and 4 s, warned of once, and told of each time", async () => {
    const sms = bench.put("sms");
    for (const [ms, tried] of [
      [999, 1],
      [1, 2],
      [1_999, 2],
      [1, 3],
      [3_999, 3],
    ] as const) {
      await bench.clock.advance(ms);
      expect(calls).toBe(tried);
    }
    fails = false;
    const left = { retryAt: bench.clock.now() + 1 };
    expect(bench.instances.readiness(sms)).toMatchObject(left);
    await bench.clock.advance(1);
    expect(bench.told).toEqual(["sms: failed", "sms: failed", "sms: ready"]);
    expect(reports).toHaveLength(1);
    expect(bench.clock.pending).toBe(0);
  });

  test("is not tried again when it is out of use by then, nor once it is gone", async () => {
    const sms = bench.put("sms");
    bench.instances.update([], [sms.id]);
    expect(bench.clock.pending).toBe(0);
    await bench.clock.advance(60_000);
    expect(calls).toBe(1);
  });

  test("shares its state with all that are ready when it can, for there may be 100,000 of them", async () => {
    const sms = bench.put("sms");
    fails = false;
    await bench.clock.advance(1_000);
    expect(bench.slot(sms).state).toBe(isReady);
  });

  test("is given up when it was only wanted by its id", async () => {
    const down = () => {
      calls += 1;
      throw new Error("it is down");
    };
    const bench = new InstancesBench(configurable("sms", down));
    const disabled = itemOf("sms", { status: "disable" });
    expect(bench.instances.usableOnDemand(disabled)).toBeUndefined();
    expect(bench.instances.slotOf(disabled.id)).toBeDefined();
    await bench.clock.advance(1_000);
    expect(bench.instances.slotOf(disabled.id)).toBeUndefined();
    expect(calls).toBe(1);
  });

  test("has what served before ended when it can be made, after its time", async () => {
    fails = false;
    bench.put("sms");
    fails = true;
    const changed = bench.put("sms", { config: { a: 1 } });
    expect((bench.instances.get(changed) as Sender).by).toBe("sms 1");
    fails = false;
    await bench.clock.advance(1_000);
    expect((bench.instances.get(changed) as Sender).by).toBe("sms 3");
    await bench.clock.advance(graceMs);
    expect(log).toEqual(["end of sms 1"]);
  });

  test("serves again by what it has when its config is what it was", async () => {
    fails = false;
    bench.put("sms");
    fails = true;
    bench.put("sms", { config: { a: 1 } });
    const back = bench.put("sms");
    expect(bench.instances.isOffered(back)).toBe(true);
    expect((bench.instances.get(back) as Sender).by).toBe("sms 1");
    expect(bench.clock.pending).toBe(0);
    await bench.clock.advance(2 * graceMs);
    expect(log).toEqual([]);
    expect(calls).toBe(2);
  });

  test("keeps what serves while one config after the other fails", async () => {
    fails = false;
    bench.put("sms");
    fails = true;
    bench.put("sms", { config: { a: 1 } });
    const last = bench.put("sms", { config: { a: 2 } });
    expect((bench.instances.get(last) as Sender).by).toBe("sms 1");
    await bench.clock.advance(graceMs);
    expect(log).toEqual([]);
    bench.instances.update([], [last.id]);
    await bench.clock.advance(graceMs);
    expect(log).toEqual(["end of sms 1"]);
  });
});

test.each([
  [1, 1_000],
  [2, 2_000],
  [6, 32_000],
  [7, 60_000],
  [100, 60_000],
])("the pause after %d failures is up to %d ms, and half of that at least", (failures, longest) => {
  expect(backoff(failures)).toBe(longest);
  vi.spyOn(Math, "random").mockReturnValue(0.999_999_9);
  expect(backoff(failures)).toBe(longest / 2);
});
