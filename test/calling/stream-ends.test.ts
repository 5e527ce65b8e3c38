import type { AttemptReport } from "plugbay";
import { describe, expect, test } from "vitest";
import { settle } from "../runtime/manual-clock.ts";
import { done, fails, openModels, part, Scripted } from "./models.ts";
import { coded, hang, status } from "./senders.ts";
import { expectNoneUnhandled } from "./unhandled.ts";

expectNoneUnhandled();

/** A stream of one model that follows this script, and what is told of its attempts. */
async function openScript(script: (() => unknown)[], policy = {}) {
  const provider = new Scripted(...script);
  const opened = await openModels({ a: () => provider }, policy);
  const reports: AttemptReport[] = [];
  const onAttempt = (report: AttemptReport) => void reports.push(report);
  const outcomes = () => reports.map(({ outcome }) => outcome);
  const stream = (options = {}) => opened.stream({ onAttempt, ...options });
  return { ...opened, provider, reports, outcomes, stream };
}

/** Resolves after so many turns of the queue of microtasks. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await undefined;
}

/** A step that gives its part when it is told to. */
function onDemand(value: unknown) {
  let give = (): void => undefined;
  const given = new Promise((resolve) => {
    give = () => resolve(value);
  });
  return { step: () => given, give: () => give() };
}

describe("in whichever turn after a part came, a stream", () => {
  /** Each time a stream of its own, from an opened model that gives the part of this value on demand. */
  async function openRaces(...script: (() => unknown)[]) {
    let [provider, demanded] = [new Scripted(), onDemand(undefined)];
    const opened = await openModels({ a: () => provider });
    const begin = (value: unknown) => {
      demanded = onDemand(value);
      provider = new Scripted(...script, demanded.step, part("x"), part("y"));
      const outcomes: AttemptReport["outcome"][] = [];
      const controller = new AbortController();
      const onAttempt = (report: AttemptReport) => void outcomes.push(report.outcome);
      const parts = opened.stream({ onAttempt, signal: controller.signal });
      return { parts, controller, outcomes, give: demanded.give, provider };
    };
    return { ...opened, begin };
  }

  test("may be ended: the first part is given or not, and the provider's stream ends once", async () => {
    const { begin, plugbay, log, bench } = await openRaces();
    for (let count = 0; count < 16; count += 1) {
      const { parts, give, outcomes, provider } = begin(part("1")());
      const asked = parts.next();
      await settle();
      give();
      await turns(count);
      expect(await parts.return?.()).toEqual(done);
      expect([done, part("1")()]).toContainEqual(await asked);
      await settle();
      expect([provider.ended, outcomes.length, await parts.next()]).toEqual([1, 1, done]);
    }
    await plugbay.close();
    expect([log, bench.clock.pending]).toEqual([["a is disposed of"], 0]);
  });

  test.each([
    ["the part", part("2")()],
    ["the end", done],
  ])("may be ended: %s is given or not, and one attempt is told of", async (_title, value) => {
    const { begin } = await openRaces(part("1"));
    for (let count = 0; count < 16; count += 1) {
      const { parts, give, outcomes } = begin(value);
      await parts.next();
      const asked = parts.next();
      await settle();
      give();
      await turns(count);
      expect(await parts.return?.()).toEqual(done);
      const given = await asked;
      expect([done, value]).toContainEqual(given);
      // Of a stream that was ended while it was waited for, nothing may be given any more.
      if (outcomes[0] === "aborted") expect(given).toEqual(done);
      expect([outcomes.length, await parts.next()]).toEqual([1, done]);
    }
  });

  test("may be aborted: its consumer is told, and the provider's stream ends once", async () => {
    const { begin } = await openRaces();
    for (let count = 0; count < 16; count += 1) {
      const { parts, give, outcomes, provider, controller } = begin(part("1")());
      const asked = parts.next();
      await settle();
      give();
      await turns(count);
      controller.abort(new Error("gone"));
      const told = await Promise.allSettled([asked, parts.next()]);
      expect(told).toContainEqual({ status: "rejected", reason: new Error("gone") });
      expect(outcomes).toEqual(["aborted"]);
      await settle();
      expect(provider.ended).toBe(1);
    }
  });
});

describe("a stream that its consumer ends", () => {
  test("between two parts has succeeded, and is told of once", async () => {
    const { stream, outcomes, provider } = await openScript([part("1"), part("2"), part("3")]);
    const parts = stream();
    await parts.next();
    await parts.next();
    expect(await parts.return?.()).toEqual(done);
    expect(await parts.return?.()).toEqual(done);
    expect([outcomes(), provider.ended]).toEqual([["success"], 1]);
  });

  test("while a part is waited for was aborted, for it was no longer read", async () => {
    const { stream, reports, bench } = await openScript([part("1"), hang]);
    const parts = stream();
    await parts.next();
    const asked = parts.next();
    await settle();
    const ended = parts.return?.();
    await bench.clock.advance(1_000);
    await ended;
    expect(await asked).toEqual(done);
    expect(reports).toMatchObject([
      { outcome: "aborted", error: { message: "the stream is no longer read" } },
    ]);
  });

  test("while a part is waited for has failed for its hooks, too", async () => {
    const { stream } = await openScript([part("1"), hang]);
    const notes: unknown[] = [];
    const parts = stream({
      hooks: [
        {
          after: () => void notes.push("after"),
          error: ({ error }: { error: unknown }) => void notes.push(error),
          finally: ({ status }: { status: string }) => void notes.push(status),
        },
      ],
    });
    await parts.next();
    void parts.next();
    await settle();
    void parts.return?.();
    await settle();
    expect(notes).toEqual([new Error("the stream is no longer read"), "rejected"]);
  });

  test("before the first part tells the provider so", async () => {
    const { plugbay, type } = await openScript([]);
    let signal = new AbortController().signal;
    const parts = plugbay.stream(type, (_, context) => {
      ({ signal } = context);
      return hang();
    });
    const asked = parts.next();
    await settle();
    await parts.return?.();
    expect(await asked).toEqual(done);
    expect(signal.reason).toMatchObject({ message: "the stream is no longer read" });
  });

  test("does not keep it waiting for a provider that does not end", async () => {
    const { stream, provider, bench } = await openScript([part("1"), part("2")]);
    provider.return = hang;
    const parts = stream();
    await parts.next();
    let isEnded = false;
    const ended = parts.return?.().then(() => {
      isEnded = true;
    });
    await bench.clock.advance(999);
    expect(isEnded).toBe(false);
    await bench.clock.advance(1);
    expect(isEnded).toBe(true);
    await ended;
  });

  test("holds its instance until the part that it waited for has come", async () => {
    const second = onDemand(part("2")());
    const { stream, plugbay, type, bench, log, provider } = await openScript([part("1"), second.step]);
    const parts = stream();
    await parts.next();
    const asked = parts.next();
    await settle();
    const ended = parts.return?.();
    await asked;
    await plugbay.control.retire(
      plugbay.items(type).map(({ id }) => id),
      { actor: "alice" },
    );
    await bench.clock.advance(60_000);
    expect([await ended, provider.ended, log]).toEqual([done, 1, []]);
    second.give();
    await settle();
    expect(log).toEqual(["a is disposed of"]);
  });
});

describe("a stream that comes to its end", () => {
  test("has an iterator that is not told to end", async () => {
    const { stream, provider, outcomes } = await openScript([part("1")]);
    const parts = stream();
    expect([await parts.next(), await parts.next()]).toEqual([part("1")(), done]);
    await settle();
    expect([provider.ended, outcomes()]).toEqual([0, ["success"]]);
  });

  test("has succeeded, though its caller aborts it when that is told", async () => {
    const { stream, type, plugbay, reports } = await openScript([part("1")]);
    const controller = new AbortController();
    const onAttempt = (report: AttemptReport) => {
      reports.push(report);
      controller.abort(new Error("too late"));
    };
    const parts = stream({ onAttempt, signal: controller.signal });
    expect([await parts.next(), await parts.next(), await parts.next()]).toEqual([part("1")(), done, done]);
    expect(reports).toMatchObject([{ outcome: "success" }]);
    expect(plugbay.explain(type)).toMatchObject([{ readiness: { kind: "ready" } }]);
  });

  test("lets the failures before it be forgotten", async () => {
    const provider = () => new Scripted(...(isDown ? [part("1"), fails("ECONNRESET")] : [part("1")]));
    let isDown = true;
    const { stream, readiness } = await openModels({ a: provider }, { circuit: { failures: 2 } });
    const drain = async (): Promise<void> => {
      for await (const _ of stream());
    };
    for (const down of [true, false, true]) {
      isDown = down;
      await drain().catch(() => undefined);
    }
    expect(readiness()).toEqual(["ready"]);
    await drain().catch(() => undefined);
    expect(readiness()).toEqual(["cooling"]);
  });
});

test("a stream that is aborted while a part is waited for counts neither for its item nor against it", async () => {
  const { stream, reports, plugbay, type } = await openScript([part("1"), hang], {
    circuit: { failures: 1 },
  });
  const controller = new AbortController();
  const parts = stream({ signal: controller.signal });
  await parts.next();
  let told: unknown;
  parts.next().catch((error) => {
    told = error;
  });
  await settle();
  controller.abort(new Error("gone"));
  await settle();
  expect(told).toEqual(new Error("gone"));
  expect(reports).toMatchObject([{ outcome: "aborted", error: { message: "gone" } }]);
  expect(plugbay.explain(type)).toMatchObject([{ readiness: { kind: "ready" } }]);
});

describe("a stream that breaks off", () => {
  test("says with a date when to come again, by the clock of plugbay", async () => {
    const { bench, stream, plugbay, type } = await openModels({
      a: () => new Scripted(part("1"), () => Promise.reject(busy)),
    });
    const until = bench.clock.now() + 30_000;
    const busy = status(429, { "retry-after": new Date(until).toUTCString() });
    const parts = stream();
    await parts.next();
    await expect(parts.next()).rejects.toBe(busy);
    expect(plugbay.explain(type)).toMatchObject([{ readiness: { kind: "cooling", until } }]);
  });

  test("by a part that is none says what it was", async () => {
    const { stream } = await openScript([part("1"), () => null]);
    const parts = stream();
    await parts.next();
    await expect(parts.next()).rejects.toThrow(new TypeError("the stream gave null for a part"));
  });

  test("is over at its close, which is not held up", async () => {
    const { stream, plugbay, bench, outcomes, log } = await openScript([part("1"), fails("ECONNRESET")]);
    const parts = stream();
    await parts.next();
    await expect(parts.next()).rejects.toThrow(coded("ECONNRESET"));
    await plugbay.close();
    expect([outcomes(), log, bench.clock.pending]).toEqual([["ambiguous"], ["a is disposed of"], 0]);
  });
});
