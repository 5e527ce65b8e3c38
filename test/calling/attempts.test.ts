import type { AttemptReport, RunContext } from "plugbay";
import { describe, expect, test } from "vitest";
import { settle } from "../runtime/manual-clock.ts";
import { itemOf } from "../runtime/workbench.ts";
import { coded, hang, openSenders, status } from "./senders.ts";

const down = coded("ECONNREFUSED");

describe("attempts", () => {
  test("at one item are as many as attemptsPerItem says, then the next one is tried", async () => {
    const { plugbay, type, bench, tried } = await openSenders({ attemptsPerItem: 2 });
    const run = plugbay.run(type, (sender) => {
      tried.push(sender.by);
      if (sender.by !== "spare") throw down;
      return sender.by;
    });
    await bench.clock.advance(10_000);
    expect(await run).toBe("spare");
    expect(tried).toEqual(["a", "a", "b", "b", "spare"]);
  });

  test("are maxAttempts at most, over all items", async () => {
    const { plugbay, type, tried } = await openSenders({ maxAttempts: 2 });
    const run = plugbay.run(type, (sender) => {
      tried.push(sender.by);
      throw down;
    });
    await expect(run).rejects.toMatchObject({ code: "ALL_PLUGINS_FAILED" });
    expect(tried).toEqual(["a", "b"]);
  });

  test("wait for an item that says when to come again, as long as waitMs allows, and else go on", async () => {
    const { plugbay, type, bench, tried } = await openSenders({ waitMs: 2_500 });
    const run = plugbay.run(type, (sender) => {
      tried.push(`${sender.by} ${bench.clock.monotonic()}`);
      if (tried.length < 3) throw status(429, { "retry-after": "2" });
      return sender.by;
    });
    await bench.clock.advance(10_000);
    expect(await run).toBe("b");
    expect(tried).toEqual(["a 0", "a 2000", "b 2000"]);
  });

  test("come to an end when the one that hears of them gives up, and no timer waits for the next", async () => {
    const { plugbay, type, bench, tried } = await openSenders({ attemptsPerItem: 2 });
    const controller = new AbortController();
    const task = (sender: { readonly by: string }) => {
      tried.push(sender.by);
      throw down;
    };
    const onAttempt = () => controller.abort(new Error("enough"));
    const pending = bench.clock.pending;
    const run = plugbay.run(type, task, { signal: controller.signal, onAttempt });
    await expect(run).rejects.toThrow("enough");
    expect(bench.clock.pending).toBe(pending);
    expect(tried).toEqual(["a"]);
  });

  test("are told, each with its item, number, outcome, duration and error", async () => {
    const { plugbay, type, bench } = await openSenders();
    const reports: AttemptReport[] = [];
    const run = plugbay.run(
      type,
      async (sender) => {
        await new Promise<void>((resolve) => bench.clock.schedule(10, resolve));
        if (sender.by === "a") throw down;
      },
      { onAttempt: (report) => reports.push(report) },
    );
    await bench.clock.advance(20);
    await run;
    expect(reports).toMatchObject([
      { attempt: 1, item: { name: "a" }, outcome: "retryable", durationMs: 10, error: down },
      { attempt: 2, item: { name: "b" }, outcome: "success", durationMs: 10 },
    ]);
    expect(new Set(reports.map(({ runId }) => runId)).size).toBe(1);
  });
});

describe("the limits", () => {
  test("deadlineMs is over all attempts, and the error says what failed before", async () => {
    const { plugbay, type, bench, tried } = await openSenders({
      idempotent: true,
      deadlineMs: 100,
      timeoutMs: 60,
    });
    const run = plugbay
      .run(type, (sender) => {
        tried.push(sender.by);
        return hang();
      })
      .catch((error) => error);
    await bench.clock.advance(99);
    expect(tried).toEqual(["a", "b"]);
    await bench.clock.advance(1);
    expect(await run).toMatchObject({ code: "RUN_TIMEOUT", limit: "deadlineMs", limitMs: 100 });
    expect((await run).cause.errors).toHaveLength(2);
    expect(tried).toEqual(["a", "b"]);
  });

  test("idleTimeoutMs begins anew with each sign of progress; one after the end does nothing", async () => {
    const { plugbay, type, bench } = await openSenders({ idempotent: true, idleTimeoutMs: 100 });
    const signs: (() => void)[] = [];
    const run = plugbay.run(type, (sender, { progress }) => {
      signs.push(progress);
      return sender.by === "a" ? hang() : sender.by;
    });
    for (let time = 0; time < 5; time += 1) {
      await bench.clock.advance(90);
      signs[0]?.();
    }
    expect(signs).toHaveLength(1);
    await bench.clock.advance(100);
    expect(await run).toBe("b");
    for (const sign of signs) sign();
    expect(bench.clock.pending).toBe(0);
  });

  test("the caller's signal ends the run at once, and counts against nobody", async () => {
    const { plugbay, type, bench, readiness } = await openSenders({ timeoutMs: 5_000 });
    const reports: unknown[] = [];
    for (let time = 0; time < 9; time += 1) {
      const controller = new AbortController();
      let own: AbortSignal | undefined;
      const task = (_: object, context: { readonly signal: AbortSignal }) => {
        own = context.signal;
        return hang();
      };
      const options = {
        signal: controller.signal,
        onAttempt: (report: AttemptReport) => reports.push(report.outcome),
      };
      const run = plugbay.run(type, task, options);
      controller.abort(new Error("gone"));
      await expect(run).rejects.toThrow("gone");
      expect(own?.reason).toMatchObject({ message: "gone" });
    }
    expect(readiness("a")).toEqual({ kind: "ready" });
    expect(new Set(reports)).toEqual(new Set(["aborted"]));
    await bench.clock.advance(100);
    expect(bench.clock.pending).toBe(0);
  });

  test("what comes after the time is told by an event, and nobody else", async () => {
    const { plugbay, type, bench } = await openSenders({ idempotent: true, timeoutMs: 50 });
    const late: unknown[] = [];
    plugbay.on("late", (event) => void late.push(event));
    const ends: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
    const run = plugbay
      .run(type, () => new Promise<string>((resolve, reject) => ends.push({ resolve, reject })))
      .catch((error) => error.code);
    await bench.clock.advance(150);
    expect(await run).toBe("ALL_PLUGINS_FAILED");
    ends[0]?.resolve("charged");
    ends[1]?.reject(new Error("refused"));
    await settle();
    expect(late).toMatchObject([
      { item: { name: "a" }, attempt: 1, status: "fulfilled", durationMs: 150 },
      { item: { name: "b" }, attempt: 2, status: "rejected", error: { message: "refused" } },
    ]);
  });

  test("a task that ends because it was told to is no news", async () => {
    const { plugbay, type, bench } = await openSenders({ idempotent: true, timeoutMs: 50, maxAttempts: 1 });
    const late: unknown[] = [];
    plugbay.on("late", (event) => void late.push(event));
    const obey = (_: object, { signal }: RunContext) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const run = plugbay.run(type, obey).catch((error) => error.code);
    await bench.clock.advance(50);
    expect(await run).toBe("ALL_PLUGINS_FAILED");
    await settle();
    expect(late).toEqual([]);
  });
});

describe("the context", () => {
  test("has one runId, and a key that is the same at one item and different between items", async () => {
    const { plugbay, type, bench } = await openSenders({ attemptsPerItem: 2 });
    const seen: { run: string; key: string; item: string }[] = [];
    const run = plugbay.run(type, (sender, { runId, idempotencyKey, item }) => {
      seen.push({ run: runId, key: idempotencyKey, item: item.name });
      if (sender.by === "a") throw down;
    });
    await bench.clock.advance(1_000);
    await run;
    expect(seen.map(({ item }) => item)).toEqual(["a", "a", "b"]);
    expect(new Set(seen.map((one) => one.run)).size).toBe(1);
    expect([seen[0]?.key === seen[1]?.key, seen[1]?.key === seen[2]?.key]).toEqual([true, false]);
    for (const { key } of seen) expect(key).toMatch(/^[0-9a-f-]{36}-\d+$/);
  });

  test("has a receipt, by which the outcome can be told later", async () => {
    const { plugbay, type, bench, readiness } = await openSenders();
    const receipts: string[] = [];
    for (let time = 0; time < 5; time += 1) {
      await plugbay.run(type, (_, { receipt }) => void receipts.push(receipt));
      await bench.clock.advance(1);
    }
    await bench.clock.advance(3 * 24 * 3_600_000);
    for (const receipt of receipts) plugbay.report(receipt, "failed");
    expect(readiness("a")).toMatchObject({ kind: "cooling", reason: "circuit" });
    expect(() => plugbay.report("nonsense", "failed")).toThrow(
      expect.objectContaining({ code: "INVALID_RECEIPT" }),
    );
    expect(() => plugbay.report(receipts[0] ?? "", "nonsense" as never)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
    await plugbay.control.retire([itemOf(plugbay.items(type), "a").id], { actor: "alice" });
    expect(() => plugbay.report(receipts[0] ?? "", "failed")).toThrow(
      expect.objectContaining({ code: "INVALID_RECEIPT", reason: "gone" }),
    );
  });
});

describe("bad options", () => {
  test.each([
    [{ timeoutMs: 0 }, "timeoutMs"],
    [{ maxAttempts: 1.5 }, "maxAttempts"],
    [{ signal: "now" as never }, "signal"],
    [{ args: "NL" as never }, "args"],
    [{ onAttempt: 1 as never }, "onAttempt"],
  ])("%j are refused", async (options, option) => {
    const { plugbay, type } = await openSenders();
    await expect(plugbay.run(type, () => 1, options)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      option,
    });
  });
});
