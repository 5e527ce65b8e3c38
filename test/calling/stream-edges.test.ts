import type { AttemptReport } from "plugbay";
import { describe, expect, test } from "vitest";
import { settle } from "../runtime/manual-clock.ts";
import { all, done, fails, openModels, type Parts, part, Scripted } from "./models.ts";
import { coded, hang } from "./senders.ts";

describe("before the first part", () => {
  test("the stream of a provider that fails is ended, and the next one is asked", async () => {
    const first = new Scripted(fails("ECONNREFUSED"));
    const { stream } = await openModels({ a: () => first, b: () => ["1"] });
    expect(await all(stream())).toEqual(["1"]);
    expect(first.ended).toBe(1);
  });

  test("a malformed part is a failure of its item", async () => {
    const first = new Scripted(() => undefined);
    const { stream, bench } = await openModels({ a: () => first, b: () => ["1"] }, { timeoutMs: 100 });
    expect(await all(stream())).toEqual(["1"]);
    expect([first.ended, bench.clock.pending]).toEqual([1, 0]);
  });

  test("a part that comes after the time ends its stream, and only then the instance is let go", async () => {
    let give = (): void => undefined;
    const slow = new Scripted(
      () =>
        new Promise((resolve) => {
          give = () => resolve(part("late")());
        }),
    );
    const policy = { idempotent: true, timeoutMs: 50 };
    const { stream, bench, plugbay, type, log } = await openModels({ a: () => slow, b: () => ["1"] }, policy);
    const ending: ((value: IteratorResult<string>) => void)[] = [];
    slow.return = () => {
      log.push("a is ended");
      return new Promise((resolve) => ending.push(resolve));
    };
    const parts = all(stream());
    await bench.clock.advance(50);
    expect(await parts).toEqual(["1"]);
    const [item] = plugbay.items(type);
    await plugbay.control.retire([item?.id ?? ""], { actor: "alice" });
    await bench.clock.advance(1_000);
    expect(log).toEqual([]);
    give();
    await settle();
    expect(log).toEqual(["a is ended"]);
    ending[0]?.({ done: true, value: undefined });
    await settle();
    expect(log).toEqual(["a is ended", "a is disposed of"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("return() asks nobody for anything", async () => {
    let asked = 0;
    const { stream } = await openModels({
      a: () => {
        asked += 1;
        return ["1"];
      },
    });
    const parts = stream();
    expect(await parts.return?.()).toEqual(done);
    expect(await parts.next()).toEqual(done);
    expect(asked).toBe(0);
  });

  test("a signal that is aborted already asks nobody, and is told by the first part", async () => {
    const { stream, readiness } = await openModels({ a: () => ["1"] });
    const parts = stream({ signal: AbortSignal.abort(new Error("gone")) });
    await expect(parts.next()).rejects.toThrow("gone");
    expect(await parts.next()).toEqual(done);
    expect(readiness()).toEqual(["ready"]);
  });
});

describe("the parts", () => {
  test.each<[string, () => Parts | Promise<Parts>]>([
    ["a list", () => ["1", "2"]],
    ["a set, promised", async () => new Set(["1", "2"])],
    ["a text", () => "12"],
    [
      "a generator",
      function* () {
        yield* ["1", "2"];
      },
    ],
    ["an iterator without return()", () => ({ [Symbol.iterator]: () => ["1", "2"][Symbol.iterator]() })],
  ])("may be those of %s", async (_title, complete) => {
    const { stream } = await openModels({ a: complete });
    expect(await all(stream())).toEqual(["1", "2"]);
    for await (const one of stream()) {
      expect(one).toBe("1");
      break;
    }
  });

  test("asked for at once come one after the other, and after an error there are none", async () => {
    const provider = new Scripted(part("1"), part("2"), fails("ECONNRESET"), part("x"));
    const { stream } = await openModels({ a: () => provider });
    const parts = stream();
    const asked = [parts.next(), parts.next(), parts.next(), parts.next(), parts.next()];
    expect(await Promise.allSettled(asked)).toMatchObject([
      { value: { value: "1" } },
      { value: { value: "2" } },
      { status: "rejected", reason: { code: "ECONNRESET" } },
      { value: done },
      { value: done },
    ]);
    expect(provider.ended).toBe(1);
  });

  test("end with throw(), which tells that error, and with `await using`", async () => {
    const [first, second] = [new Scripted(part("1"), part("2")), new Scripted(part("1"), part("2"))];
    const { stream } = await openModels({ a: () => (first.ended === 0 ? first : second) });
    const parts = stream();
    await parts.next();
    await expect(parts.throw?.(new Error("enough"))).rejects.toThrow("enough");
    expect([first.ended, await parts.next()]).toEqual([1, done]);
    {
      await using block = stream();
      await block.next();
    }
    expect(second.ended).toBe(1);
  });

  test("a malformed one in the middle breaks the stream off", async () => {
    const provider = new Scripted(part("1"), () => 5);
    const { stream, bench } = await openModels({ a: () => provider }, { timeoutMs: 100 });
    const parts = stream();
    await parts.next();
    await expect(parts.next()).rejects.toThrow(TypeError);
    expect([provider.ended, bench.clock.pending, await parts.next()]).toEqual([1, 0, done]);
  });
});

describe("ending a stream while a part is waited for", () => {
  test("counts neither for its item nor against it, whatever comes of that part", async () => {
    let fail = (): void => undefined;
    const provider = () =>
      new Scripted(part("1"), () => new Promise((_, reject) => (fail = () => reject(coded("ECONNRESET")))));
    const { stream, readiness, bench } = await openModels({ a: provider }, { circuit: { failures: 2 } });
    const reports: AttemptReport["outcome"][] = [];
    const onAttempt = (report: AttemptReport) => reports.push(report.outcome);
    const parts = stream({ onAttempt });
    await parts.next();
    const waiting = parts.next();
    await settle();
    const ended = parts.return?.();
    expect(await waiting).toEqual(done);
    await bench.clock.advance(1_000);
    fail();
    await settle();
    expect(await ended).toEqual(done);
    expect([readiness(), reports, bench.clock.pending]).toEqual([["ready"], ["aborted"], 0]);
  });
});

describe("limits", () => {
  test("timeoutMs holds for the whole stream, however slow its consumer is, but then counts against nobody", async () => {
    const provider = new Scripted(part("1"), part("2"));
    const policy = { timeoutMs: 100, circuit: { failures: 1 } };
    const { stream, bench, plugbay, type } = await openModels({ a: () => provider }, policy);
    const parts = stream();
    await parts.next();
    await bench.clock.advance(100);
    await expect(parts.next()).rejects.toMatchObject({ code: "RUN_TIMEOUT", limit: "timeoutMs" });
    expect([provider.ended, await parts.next()]).toEqual([1, done]);
    expect(plugbay.explain(type)).toMatchObject([{ readiness: { kind: "ready" } }]);
  });

  test("deadlineMs is over the attempts that failed and the stream together", async () => {
    const never = { [Symbol.asyncIterator]: () => ({ next: hang }) };
    const provider = new Scripted(part("1"), hang);
    const policy = { idempotent: true, timeoutMs: 60, deadlineMs: 100 };
    const { stream, bench } = await openModels({ a: () => never, b: () => provider }, policy);
    const parts = stream();
    const first = parts.next();
    await bench.clock.advance(60);
    expect(await first).toEqual({ done: false, value: "1" });
    const second = expect(parts.next()).rejects.toMatchObject({ limit: "deadlineMs" });
    await bench.clock.advance(40);
    await second;
    expect([provider.ended, bench.clock.pending]).toEqual([1, 0]);
  });
});

test("a stream that was left lying is ended at the close, which does not wait for its provider for long", async () => {
  const provider = new Scripted(part("1"), part("2"));
  provider.return = () => hang();
  const { stream, bench, plugbay, log } = await openModels({ a: () => provider });
  await stream().next();
  const closing = plugbay.close();
  await bench.clock.advance(5_000);
  await closing;
  expect([log, bench.clock.pending]).toEqual([["a is disposed of"], 0]);
});
