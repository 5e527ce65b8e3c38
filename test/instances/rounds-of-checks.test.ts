import { definePlugin, type Plugin } from "plugbay";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { HealthChecks } from "../../src/instances/health-checks.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { settle } from "../runtime/manual-clock.ts";
import { InstancesBench } from "./instances-bench.ts";

const intervalMs = 10_000;

let isIll: boolean;
let calls: string[];
let signal: AbortSignal | undefined;
beforeEach(() => {
  isIll = false;
  calls = [];
  signal = undefined;
});

/** A plugin whose check notes that it was called, and waits for a gate where there is one. */
const checked = (name: string, gate?: Gate): Plugin =>
  senderPlugin(name, {
    check: async (context) => {
      calls.push(name);
      signal = context.signal;
      await gate?.passed;
      if (isIll) throw new Error("no route to host");
    },
  });

function start(
  plugins: readonly Plugin[],
  options: Partial<ConstructorParameters<typeof HealthChecks>[2]> = {},
  random = 0,
) {
  vi.spyOn(Math, "random").mockReturnValue(random);
  const bench = new InstancesBench(plugins);
  const items = plugins.map(({ name }) => bench.put(name));
  const checks = new HealthChecks(bench.instances, bench.clock, { intervalMs, ...options });
  checks.start();
  return { bench, checks, items };
}

describe("rounds of health checks", () => {
  test("begin within the first interval, and come at up to a tenth less than it", async () => {
    const { bench } = start([checked("sms")], {}, 0.5);
    await bench.clock.advance(4_999);
    expect(calls).toHaveLength(0);
    await bench.clock.advance(1);
    expect(calls).toHaveLength(1);
    await bench.clock.advance(9_499);
    expect(calls).toHaveLength(1);
    await bench.clock.advance(1);
    expect(calls).toHaveLength(2);
  });

  test("have at most eight checks under way, and go on with the next one when one has ended", async () => {
    const gates = Array.from({ length: 10 }, () => new Gate());
    const { bench } = start(gates.map((gate, index) => checked(`sms-${index}`, gate)));
    await bench.clock.advance(0);
    expect(calls).toHaveLength(8);
    for (const gate of gates) gate.open();
    await settle();
    expect(calls).toHaveLength(10);
    expect(new Set(calls).size).toBe(10);
  });

  test("leave out those without a check, and those that are out of use", async () => {
    const { bench } = start([senderPlugin("mail"), checked("sms"), checked("fax")]);
    bench.put("fax", { status: "disable" });
    await bench.clock.advance(0);
    expect(calls).toEqual(["sms"]);
    expect(bench.told).toEqual([]);
  });

  test("end when they are stopped: none comes after it", async () => {
    const { bench, checks } = start([checked("sms")]);
    checks.stop();
    expect(bench.clock.pending).toBe(0);
  });

  test("end while one is under way: that is told so, nothing comes of it, and no other begins", async () => {
    const gates = Array.from({ length: 9 }, () => new Gate());
    const { bench, checks } = start(
      gates.map((gate, index) => checked(`sms-${index}`, gate)),
      { failures: 1 },
    );
    await bench.clock.advance(0);
    isIll = true;
    checks.stop();
    expect(signal?.reason).toEqual(new Error("plugbay is closing"));
    for (const gate of gates) gate.open();
    await settle();
    expect(calls).toHaveLength(8);
    expect(bench.told).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  test("change nothing of what was ill when they are stopped", async () => {
    const gate = new Gate();
    const { bench, checks, items } = start([checked("sms", gate)]);
    const [sms] = items;
    if (sms === undefined) throw new Error("there is no item");
    const failure = { error: new Error("is ill"), retryAt: 0 };
    bench.instances.diagnose(bench.slot(sms), failure);
    await bench.clock.advance(0);
    gate.open();
    checks.stop();
    await settle();
    expect(bench.slot(sms).health).toBe(failure);
  });
});

describe("an item whose checks fail", () => {
  test.each([
    [1, undefined, "ready"],
    [2, undefined, "failed"],
    [1, 1, "failed"],
    [2, 3, "ready"],
    [3, 3, "failed"],
  ])("%d times, of %o that it takes, is %s", async (times, failures, kind) => {
    const { bench, items } = start([checked("sms")], failures === undefined ? {} : { failures });
    const [sms] = items;
    if (sms === undefined) throw new Error("there is no item");
    isIll = true;
    await bench.clock.advance((times - 1) * intervalMs);
    expect(bench.instances.readiness(sms).kind).toBe(kind);
    if (kind === "ready") return;
    expect(bench.instances.readiness(sms)).toMatchObject({
      error: { message: expect.stringMatching(/fails its health check: no route to host$/), itemId: sms.id },
      retryAt: bench.clock.now() + intervalMs,
    });
  });

  test("now and then, with one that passes between them, is used on", async () => {
    const { bench } = start([checked("sms")]);
    await bench.clock.advance(0);
    for (let round = 0; round < 6; round += 1) {
      isIll = !isIll;
      await bench.clock.advance(intervalMs);
    }
    expect(bench.told).toEqual([]);
    expect(calls).toHaveLength(7);
  });

  test("is used again when one passes", async () => {
    const { bench } = start([checked("sms")], { failures: 1 });
    isIll = true;
    await bench.clock.advance(0);
    isIll = false;
    await bench.clock.advance(intervalMs);
    expect(bench.told).toEqual(["sms: failed", "sms: ready"]);
  });

  test("is let try a call at once by one that passes, where its calls failed", async () => {
    const { bench, items } = start([checked("sms")]);
    const [sms] = items;
    if (sms === undefined) throw new Error("there is no item");
    bench.fail(sms, 3);
    expect(bench.instances.isOffered(sms)).toBe(false);
    await bench.clock.advance(0);
    expect(bench.instances.isOffered(sms)).toBe(true);
  });

  test.each([
    [undefined, 5_000],
    [40, 40],
  ])("by taking longer than their time of %o ms: by default 5 seconds", async (timeoutMs, ms) => {
    const gate = new Gate();
    const { bench } = start([checked("sms", gate)], { failures: 1, ...(timeoutMs && { timeoutMs }) });
    await bench.clock.advance(ms - 1);
    expect(bench.told).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.told).toEqual(["sms: failed"]);
    expect(signal?.reason).toMatchObject({ message: `no answer within ${ms} ms` });
  });
});

test("no process is kept alive by its checks", async () => {
  const { bench } = start([checked("sms", new Gate())]);
  const schedule = vi.spyOn(bench.clock, "schedule");
  await bench.clock.advance(0);
  expect(schedule.mock.calls.map(([ms, , keepAlive]: readonly unknown[]) => [ms, keepAlive])).toEqual([
    [5_000, false],
  ]);
});

test("a check sees the instance that serves and the config, and none of a plugin that has none", async () => {
  const seen: unknown[] = [];
  const check = ({ instance, config }: { instance?: unknown; config: unknown }) =>
    void seen.push([(instance as Sender | undefined)?.by, config]);
  const transient = definePlugin(otp, {
    ...{ name: "fresh", module: "apps/channels", lifetime: "transient", check },
    create: () => new Sender("fresh"),
  });
  const { bench } = start([senderPlugin("sms", { check }), transient]);
  await bench.clock.advance(0);
  expect(seen).toHaveLength(2);
  expect(seen).toEqual(
    expect.arrayContaining([
      ["sms", undefined],
      [undefined, undefined],
    ]),
  );
});
