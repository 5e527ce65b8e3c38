import { definePlugin } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { LazyContext } from "../../src/instances/create-context.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { collectReports, graceMs, InstancesBench, itemOf, prepareTimeoutMs } from "./instances-bench.ts";

let log: string[];
beforeEach(() => {
  collectReports();
  log = [];
});

describe("the signal of a create", () => {
  const owner = (lifetime: "singleton" | "transient") => ({
    plugin: definePlugin(otp, {
      ...{ name: "sms", module: "apps/channels", lifetime },
      create: () => new Sender("sms"),
    }),
    item: itemOf("sms"),
    context: undefined as LazyContext | undefined,
  });

  test("is made when it is asked for, once, and then its slot keeps it", () => {
    const its = owner("singleton");
    const context = new LazyContext(its);
    expect(context.isHeard).toBe(false);
    expect(its.context).toBeUndefined();
    const { signal } = context;
    expect(context.signal).toBe(signal);
    expect(context.isHeard).toBe(true);
    expect(its.context).toBe(context);
  });

  test("tells the first reason that it is not wanted any longer, to all who listen", () => {
    const context = new LazyContext(owner("singleton"));
    const [first, second] = [new Error("first"), new Error("second")];
    context.onStop((reason) => log.push(String(reason)));
    expect(context.reason).toBeUndefined();
    const { signal } = context;
    context.abort(first);
    context.abort(second);
    expect(signal.reason).toBe(first);
    expect(context.reason).toBe(first);
    expect(log).toEqual(["Error: first"]);
  });

  test("has ended when it is asked for after the end, and is kept by nobody", () => {
    const its = owner("singleton");
    const context = new LazyContext(its);
    const reason = new Error("too late");
    context.abort(reason);
    expect(context.signal.reason).toBe(reason);
    expect(its.context).toBeUndefined();
  });

  test("tells those no more who have stopped listening", () => {
    const context = new LazyContext(owner("singleton"));
    const stop = context.onStop((reason) => log.push(String(reason)));
    stop();
    context.abort(new Error("over"));
    expect(log).toEqual([]);
  });

  test.each([
    ["transient", true],
    ["singleton", false],
  ] as const)("of a %s plugin is shared by all that are made: %s", (lifetime, isShared) => {
    const its = owner(lifetime);
    const [first, second] = [new LazyContext(its), new LazyContext(its)];
    expect(first.signal === second.signal).toBe(isShared);
    expect(its.context).toBe(isShared ? first : second);
  });

  test("tells what a transient plugin made before it failed, when it is out of service and not before", async () => {
    let [fails, isLate] = [false, false];
    const validate = (value: unknown) => (isLate ? new Promise<never>(() => undefined) : { value });
    const bench = new InstancesBench(
      definePlugin(otp, {
        ...{ name: "sms", module: "apps/channels", lifetime: "transient" },
        config: { "~standard": { version: 1, vendor: "test", validate } },
        create: ({ signal }) => {
          if (fails) throw new Error("it is down");
          signal.addEventListener("abort", () => log.push((signal.reason as Error).message));
          return new Sender("sms");
        },
      }),
    );
    const sms = bench.put("sms");
    expect(bench.instances.get(sms)).toBeDefined();
    fails = true;
    expect(bench.instances.get(sms)).toBeUndefined();
    // The next try comes to nothing either.
    [fails, isLate] = [false, true];
    await bench.clock.advance(1_000);
    await bench.clock.advance(prepareTimeoutMs);
    expect(bench.instances.readiness(sms)).toMatchObject({ kind: "failed" });
    isLate = false;
    await bench.clock.advance(10_000);
    expect(bench.instances.get(sms)).toBeDefined();
    expect(log).toEqual([]);
    bench.instances.update([], [sms.id]);
    await bench.clock.advance(graceMs);
    expect(log).toEqual(["it is out of service", "it is out of service"]);
  });

  test("tells a create whose item is gone, and one whose time is up", async () => {
    const bench = new InstancesBench(
      senderPlugin("sms", {
        create: ({ signal }) => {
          signal.addEventListener("abort", () => log.push((signal.reason as Error).message));
          return new Promise<never>(() => undefined);
        },
      }),
    );
    const sms = bench.put("sms");
    bench.instances.update([], [sms.id]);
    expect(log).toEqual(["its item does not want it any longer"]);
    await settle();
    expect(bench.told).toEqual([]);
    bench.put("sms");
    await bench.clock.advance(prepareTimeoutMs);
    expect(log[1]).toMatch(/was not ready within 5000 ms$/);
  });
});
