import type { AttemptReport } from "plugbay";
import { describe, expect, test } from "vitest";
import { settle } from "../runtime/manual-clock.ts";
import { openModels } from "./models.ts";
import { coded, hang } from "./senders.ts";

type Parts = (signal: AbortSignal) => AsyncGenerator<string>;

async function all(parts: AsyncIterable<string>): Promise<{ parts: string[]; error?: unknown }> {
  const seen: string[] = [];
  try {
    for await (const part of parts) seen.push(part);
    return { parts: seen };
  } catch (error) {
    return { parts: seen, error };
  }
}

const well = (...parts: string[]): Parts =>
  async function* () {
    yield* parts;
  };

const broken = (...parts: string[]): Parts =>
  async function* () {
    yield* parts;
    throw coded("ECONNREFUSED");
  };

describe("a stream", () => {
  test("hands on the parts of the first that gives one, and may have none", async () => {
    const { stream } = await openModels({ a: well("1", "2", "3") });
    expect(await all(stream())).toEqual({ parts: ["1", "2", "3"] });
    const { stream: empty } = await openModels({ a: well(), b: well("1") });
    expect(await all(empty())).toEqual({ parts: [] });
  });

  test("fails over until the first part", async () => {
    const { stream } = await openModels({ a: broken(), b: well("1", "2") });
    expect(await all(stream())).toEqual({ parts: ["1", "2"] });
  });

  test("never fails over after the first part: it throws, and counts against the item", async () => {
    const { stream, readiness } = await openModels(
      { a: broken("1"), b: well("x") },
      { circuit: { failures: 1 } },
    );
    const end = await all(stream());
    expect(end).toMatchObject({ parts: ["1"], error: { code: "ECONNREFUSED" } });
    expect(readiness()).toEqual(["cooling", "ready"]);
    expect(await all(stream())).toEqual({ parts: ["x"] });
  });

  test("that stalls ends by idleTimeoutMs: before the first part with another one, after it with an error", async () => {
    const stalls = (...parts: string[]): Parts =>
      async function* () {
        yield* parts;
        await hang();
      };
    const policy = { idempotent: true, idleTimeoutMs: 100 };
    const before = await openModels({ a: stalls(), b: well("1") }, policy);
    const first = all(before.stream());
    await before.bench.clock.advance(100);
    expect(await first).toEqual({ parts: ["1"] });
    const after = await openModels({ a: stalls("1"), b: well("x") }, policy);
    const second = all(after.stream());
    await after.bench.clock.advance(100);
    expect(await second).toMatchObject({ parts: ["1"], error: { limit: "idleTimeoutMs" } });
    expect(after.bench.clock.pending).toBe(0);
  });

  test("does not count the time that its consumer takes as idle", async () => {
    const { stream, bench } = await openModels({ a: well("1", "2") }, { idleTimeoutMs: 100 });
    const parts = stream();
    expect(await parts.next()).toEqual({ done: false, value: "1" });
    await bench.clock.advance(10_000);
    expect(await parts.next()).toEqual({ done: false, value: "2" });
    expect(await parts.next()).toEqual({ done: true, value: undefined });
    expect(bench.clock.pending).toBe(0);
  });

  test("ends the provider's stream when its consumer ends it, and the provider's error then is nobody's", async () => {
    const log: string[] = [];
    const endless: Parts = async function* () {
      try {
        for (let part = 1; ; part += 1) yield String(part);
      } finally {
        log.push("ended");
        // biome-ignore lint/correctness/noUnsafeFinally: what a careless provider does
        throw new Error("while it ended");
      }
    };
    const { stream, readiness } = await openModels({ a: endless }, { circuit: { failures: 1 } });
    for await (const part of stream()) if (part === "3") break;
    expect([log, readiness()]).toEqual([["ended"], ["ready"]]);
  });

  test("can be ended while a part is waited for, or the first one", async () => {
    const { stream, bench } = await openModels({
      a: () =>
        (async function* () {
          yield "1";
          await hang();
        })(),
    });
    const parts = stream();
    await parts.next();
    const waiting = parts.next();
    const ended = parts.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await bench.clock.advance(1_000);
    expect(await ended).toEqual({ done: true, value: undefined });
    const { stream: silent } = await openModels({
      a: async function* () {
        yield await hang();
      },
    });
    const opening = silent();
    const first = opening.next();
    await settle();
    await opening.return?.();
    expect(await first).toEqual({ done: true, value: undefined });
  });

  test("hears of the caller's signal in the middle, which counts against nobody", async () => {
    const { stream, readiness } = await openModels({ a: well("1", "2", "3") }, { circuit: { failures: 1 } });
    const controller = new AbortController();
    const reports: AttemptReport["outcome"][] = [];
    const onAttempt = (report: AttemptReport) => reports.push(report.outcome);
    const parts = stream({ signal: controller.signal, onAttempt });
    await parts.next();
    controller.abort(new Error("gone"));
    await expect(parts.next()).rejects.toThrow("gone");
    expect(await parts.next()).toEqual({ done: true, value: undefined });
    expect([readiness(), reports]).toEqual([["ready"], ["aborted"]]);
  });

  test("has its instance until its end, whatever an operator changes meanwhile", async () => {
    const { stream, plugbay, type, log, bench } = await openModels({ a: well("1", "2") });
    const parts = stream();
    await parts.next();
    const [item] = plugbay.items(type);
    await plugbay.control.retire([item?.id ?? ""], { actor: "alice" });
    await bench.clock.advance(60_000);
    expect(log).toEqual([]);
    await parts.next();
    await parts.next();
    await settle();
    expect(log).toEqual(["a is disposed of"]);
  });

  test("is told when plugbay closes, and does not hold that up", async () => {
    const { stream, plugbay, bench, log } = await openModels({ a: well("1", "2") });
    const parts = stream();
    await parts.next();
    const closing = plugbay.close();
    await bench.clock.advance(3_000);
    await expect(parts.next()).rejects.toMatchObject({ code: "CLOSED" });
    await closing;
    expect(log).toEqual(["a is disposed of"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("that is not iterable is a failure of its item", async () => {
    const { plugbay, type } = await openModels({ a: well("1") });
    const parts = plugbay.stream(type, () => 5 as never);
    await expect(parts.next()).rejects.toMatchObject({ code: "ALL_PLUGINS_FAILED" });
  });
});
