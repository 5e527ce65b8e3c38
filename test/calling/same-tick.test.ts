import { getEventListeners } from "node:events";
import type { AttemptReport } from "plugbay";
import { describe, expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { settle } from "../runtime/manual-clock.ts";
import { itemOf } from "../runtime/workbench.ts";
import { coded, hang, openSenders } from "./senders.ts";

describe("abort, time-out and success in one tick: the first of them decides, and the others change nothing", () => {
  const ends = { abort: "gone", time: "OUTCOME_UNKNOWN", success: "well" } as const;
  type End = keyof typeof ends;
  const orders: End[][] = [
    ["abort", "time", "success"],
    ["abort", "success", "time"],
    ["time", "abort", "success"],
    ["time", "success", "abort"],
    ["success", "abort", "time"],
    ["success", "time", "abort"],
  ];
  test.each(orders)("%s, %s, %s", async (...order) => {
    const { plugbay, type, bench, readiness } = await openSenders({ circuit: { failures: 1 } });
    const controller = new AbortController();
    const reports: AttemptReport["outcome"][] = [];
    const late: unknown[] = [];
    plugbay.on("late", (event) => void late.push(event));
    let succeed = (_: string): void => undefined;
    const happen: Record<Exclude<End, "time">, () => void> = {
      abort: () => controller.abort(new Error("gone")),
      success: () => succeed("well"),
    };
    // Timers that are due at one time fire in the order in which they were set.
    const set = (one: End | undefined): void => {
      if (one === "abort" || one === "success") bench.clock.schedule(50, happen[one]);
    };
    const timeAt = order.indexOf("time");
    for (const one of order.slice(0, timeAt)) set(one);
    const task = () =>
      new Promise<string>((resolve) => {
        succeed = resolve;
      });
    const options = {
      signal: controller.signal,
      timeoutMs: 50,
      onAttempt: (report: AttemptReport) => reports.push(report.outcome),
    };
    const run = plugbay.run(type, task, options).catch((error) => error.code ?? error.message);
    for (const one of order.slice(timeAt + 1)) set(one);
    await bench.clock.advance(50);
    const [first = "abort"] = order;
    expect(await run).toBe(ends[first]);
    expect(reports).toEqual([{ abort: "aborted", time: "ambiguous", success: "success" }[first]]);
    expect(late).toHaveLength(first === "success" ? 0 : 1);
    expect(readiness("a")?.kind).toBe(first === "time" ? "cooling" : "ready");
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    expect(bench.clock.pending).toBe(first === "time" ? 1 : 0);
  });

  test("a task that aborts its own call and then gives a result is aborted", async () => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 50 });
    const controller = new AbortController();
    const task = (): string => {
      controller.abort(new Error("gone"));
      return "well";
    };
    await expect(plugbay.run(type, task, { signal: controller.signal })).rejects.toThrow("gone");
    expect(bench.clock.pending).toBe(0);
  });
});

describe("many runs", () => {
  test("1,000 that share a signal have one listener, of which nobody is warned, and leave none", async () => {
    const warnings = collectWarnings();
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 1_000 });
    const { signal, abort } = (() => {
      const controller = new AbortController();
      return { signal: controller.signal, abort: () => controller.abort(new Error("gone")) };
    })();
    const ends: ((value: number) => void)[] = [];
    const task = () => new Promise<number>((resolve) => void ends.push(resolve));
    const runs = Array.from({ length: 1_000 }, () => plugbay.run(type, task, { signal }));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    for (const end of ends.splice(0, 500)) end(1);
    expect(await Promise.all(runs.slice(0, 500))).toHaveLength(500);
    expect([getEventListeners(signal, "abort").length, bench.clock.pending]).toEqual([1, 1]);
    await bench.clock.advance(100);
    expect(bench.clock.pending).toBe(500);
    abort();
    const aborted = await Promise.allSettled(runs.slice(500));
    expect(new Set(aborted.map((one) => one.status === "rejected" && one.reason.message))).toEqual(
      new Set(["gone"]),
    );
    expect([getEventListeners(signal, "abort").length, bench.clock.pending]).toEqual([0, 0]);
    expect(warnings).toEqual([]);
  });

  test("50,000 leave no timer and no listener, and their instance is free again", async () => {
    const warnings = collectWarnings();
    const policy = { timeoutMs: 1_000, idleTimeoutMs: 500, deadlineMs: 5_000 };
    const { plugbay, type, bench } = await openSenders({ ...policy, circuit: false });
    const { signal } = new AbortController();
    for (let round = 0; round < 500; round += 1) {
      const runs = Array.from({ length: 100 }, (_, index) =>
        plugbay.run(
          type,
          async (sender, context) => {
            if (index % 10 === 0) context.signal.throwIfAborted();
            if (index % 25 === 0 && sender.by === "a") throw coded("EHOSTUNREACH");
            return index;
          },
          { signal },
        ),
      );
      expect(await Promise.all(runs)).toHaveLength(100);
    }
    await bench.clock.advance(100);
    expect([bench.clock.pending, getEventListeners(signal, "abort").length, warnings.length]).toEqual([
      0, 0, 0,
    ]);
    const a = itemOf(plugbay.items(type), "a");
    await plugbay.control.retire([a.id], { actor: "alice" });
    await bench.clock.advance(30_000);
    expect(bench.clock.pending).toBe(0);
  }, 60_000);
});

describe("between two attempts at one item", () => {
  const failing = async (policy = {}) => {
    const opened = await openSenders({ attemptsPerItem: 3, idempotent: true, ...policy });
    const run = opened.plugbay.run(opened.type, (sender) => {
      opened.tried.push(sender.by);
      if (sender.by === "a") throw coded("ECONNREFUSED");
      return sender.by;
    });
    await settle();
    return { ...opened, run, a: itemOf(opened.plugbay.items(opened.type), "a") };
  };

  test.each([
    [
      "disabled",
      (f: Awaited<ReturnType<typeof failing>>) =>
        f.plugbay.control.updateItem(f.a.id, { status: "disable" }, { actor: "alice" }),
    ],
    [
      "retired",
      (f: Awaited<ReturnType<typeof failing>>) => f.plugbay.control.retire([f.a.id], { actor: "alice" }),
    ],
    [
      "purged by another process",
      async (f: Awaited<ReturnType<typeof failing>>) => {
        await f.bench.purge(f.a);
        await f.plugbay.refresh();
      },
    ],
  ])("it may be %s: then the next one is tried", async (_title, change) => {
    const opened = await failing();
    await change(opened);
    await opened.bench.clock.advance(10_000);
    expect(await opened.run).toBe("b");
    expect(opened.tried).toEqual(["a", "b"]);
  });

  test("it may be put aside: then the next one is tried", async () => {
    const opened = await failing({ circuit: { failures: 1 } });
    await opened.bench.clock.advance(10_000);
    expect([await opened.run, opened.tried]).toEqual(["b", ["a", "b"]]);
  });

  test("it may be put aside, and is tried again if it is the only one", async () => {
    const { plugbay, type, bench, tried } = await openSenders({
      attemptsPerItem: 3,
      circuit: { failures: 1 },
    });
    for (const name of ["b", "spare"]) {
      const { id } = itemOf(plugbay.items(type), name);
      await plugbay.control.updateItem(id, { status: "disable" }, { actor: "alice" });
    }
    const run = plugbay.run(type, (sender) => {
      tried.push(sender.by);
      if (tried.length < 3) throw coded("ECONNREFUSED");
      return sender.by;
    });
    await bench.clock.advance(10_000);
    expect([await run, tried]).toEqual(["a", ["a", "a", "a"]]);
  });
});

describe("what an item says about coming again", () => {
  test("at once is no reason to call it until all attempts are spent: the next one is tried", async () => {
    const { plugbay, type, tried } = await openSenders({ classify: () => ({ exhausted: 0 }) });
    const run = plugbay.run(type, (sender) => {
      tried.push(sender.by);
      if (sender.by === "a") throw new Error("busy");
      return sender.by;
    });
    expect([await run, tried]).toEqual(["b", ["a", "b"]]);
  });

  test("is not waited for beyond the deadline", async () => {
    const policy = { classify: () => ({ exhausted: 200 }), waitMs: 1_000, deadlineMs: 200 };
    const { plugbay, type, bench, tried } = await openSenders(policy);
    const run = plugbay.run(type, (sender) => {
      tried.push(`${sender.by} ${bench.clock.monotonic()}`);
      if (sender.by === "a") throw new Error("busy");
      return sender.by;
    });
    expect([await run, tried]).toEqual(["b", ["a 0", "b 0"]]);
  });
});

test("calls that are wrong themselves do not spend the budget for retries", async () => {
  const { plugbay, type, bench, tried } = await openSenders({ attemptsPerItem: 2 });
  for (const outcome of ["rejected", "unsuitable"] as const) {
    for (let time = 0; time < 20; time += 1) {
      const task = () => Promise.reject(new Error("a wrong number"));
      await plugbay.run(type, task, { classify: () => outcome }).catch(() => undefined);
    }
  }
  const run = plugbay.run(type, (sender) => {
    tried.push(sender.by);
    if (tried.length < 2) throw coded("ECONNREFUSED");
    return sender.by;
  });
  await bench.clock.advance(1_000);
  expect([await run, tried]).toEqual(["a", ["a", "a"]]);
});

describe("a run that has nobody to call", () => {
  test("says why, and calls nobody", async () => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 100, deadlineMs: 100, maxAttempts: 1 });
    for (const { id } of plugbay.items(type)) {
      await plugbay.control.updateItem(id, { status: "disable" }, { actor: "alice" });
    }
    await expect(plugbay.run(type, hang)).rejects.toMatchObject({ code: "NO_PLUGIN_AVAILABLE" });
    await expect(plugbay.stream(type, () => ["1"]).next()).rejects.toMatchObject({
      code: "NO_PLUGIN_AVAILABLE",
    });
    expect(await plugbay.runAll(type, hang)).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  test("and one attempt uses the best one when all are put aside", async () => {
    const { plugbay, type, tried } = await openSenders({ maxAttempts: 1, circuit: { failures: 1 } });
    const fail = (sender: { readonly by: string }): never => {
      tried.push(sender.by);
      throw coded("ECONNREFUSED");
    };
    for (let time = 0; time < 5; time += 1) await plugbay.run(type, fail).catch(() => undefined);
    expect(tried).toEqual(["a", "b", "spare", "a", "a"]);
  });
});
