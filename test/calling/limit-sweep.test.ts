import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import type { Clock } from "plugbay";
import { describe, expect, test } from "vitest";
import { type Limit, LimitSweep } from "../../src/calling/limit-sweep.ts";
import { senderPlugin } from "../definition/otp.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { hang, openSenders } from "./senders.ts";

/** A sweep, and limits that say when they got timers. */
function sweeping() {
  const clock = new ManualClock();
  const sweep = new LimitSweep(clock);
  const timed: string[] = [];
  const add = (name: string, ms: number, onTimer = (): void => undefined): Limit => {
    const limit: Limit = {
      ...{ before: undefined, after: undefined, dueAt: clock.monotonic() + ms },
      setTimer() {
        timed.push(`${name} at ${clock.monotonic()}`);
        onTimer();
      },
    };
    sweep.add(limit, clock.monotonic());
    return limit;
  };
  return { clock, sweep, timed, add };
}

describe("a limit", () => {
  test("has no timer for 100 ms, and then one of its own", async () => {
    const { clock, timed, add } = sweeping();
    add("a", 5_000);
    await clock.advance(99);
    expect(timed).toEqual([]);
    await clock.advance(1);
    expect(timed).toEqual(["a at 100"]);
    await clock.advance(10_000);
    expect([timed, clock.pending]).toEqual([["a at 100"], 0]);
  });

  test("that ends before gets none", async () => {
    const { clock, sweep, timed, add } = sweeping();
    const limits = ["a", "b", "c", "d"].map((name) => add(name, 5_000));
    const [a, , c, d] = limits;
    expect([a, c, d].map((limit) => limit && sweep.delete(limit))).toEqual([true, true, true]);
    await clock.advance(100);
    expect(timed).toEqual(["b at 100"]);
    expect(limits.map((limit) => sweep.delete(limit))).toEqual([false, false, false, false]);
  });

  test.each([1, 50, 100])("of %d ms, which is over by the sweep, has its timer at once", (ms) => {
    const { clock, timed, add } = sweeping();
    add("a", ms);
    expect([timed, clock.pending]).toEqual([["a at 0"], 0]);
  });

  test("that is short waits for a sweep that comes before its end", async () => {
    const { clock, timed, add } = sweeping();
    add("long", 5_000);
    await clock.advance(70);
    add("a", 20);
    add("b", 30);
    add("c", 31);
    expect(timed).toEqual(["a at 70", "b at 70"]);
    await clock.advance(30);
    expect(timed).toEqual(["a at 70", "b at 70", "long at 100", "c at 100"]);
  });
});

describe("the sweep", () => {
  test("needs one timer, however many limits there are, and none when there are none", async () => {
    const { clock, sweep, add } = sweeping();
    expect(clock.pending).toBe(0);
    for (let number = 0; number < 1_000; number += 1) {
      sweep.delete(add("short call", 5_000.5 + number));
      add("long call", 60_000 - number);
    }
    expect(clock.pending).toBe(1);
    await clock.advance(100);
    expect(clock.pending).toBe(0);
  });

  test("begins anew with the next limit", async () => {
    const { clock, timed, add } = sweeping();
    add("a", 5_000);
    await clock.advance(250);
    add("b", 5_000);
    await clock.advance(100);
    expect(timed).toEqual(["a at 100", "b at 350"]);
  });

  test("leaves what comes and goes meanwhile to itself", async () => {
    const { clock, sweep, timed, add } = sweeping();
    add("a", 5_000, () => {
      add("new", 5_000);
      sweep.delete(add("newer", 5_000));
    });
    add("b", 5_000);
    await clock.advance(100);
    expect(timed).toEqual(["a at 100", "b at 100"]);
    await clock.advance(100);
    expect(timed).toEqual(["a at 100", "b at 100", "new at 200"]);
  });

  test("leaves no timer when it has ended", () => {
    const { clock, sweep, add } = sweeping();
    sweep.delete(add("a", 5_000));
    sweep.end();
    expect(clock.pending).toBe(0);
  });
});

describe("runs with a limit", () => {
  test("share a timer; those that last longer have their own, and end by their limits", async () => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 1_000, circuit: false });
    for (let round = 0; round < 100; round += 1) await plugbay.run(type, (sender) => sender.by);
    expect(bench.clock.pending).toBe(1);
    const times: number[] = [];
    const late = (timeoutMs: number): Promise<unknown> =>
      plugbay.run(type, hang, { timeoutMs }).catch(() => times.push(bench.clock.monotonic()));
    const runs = [1_000, 90, 500.5, 101, 1_000].map(late);
    await bench.clock.advance(99);
    expect(times).toEqual([90]);
    await bench.clock.advance(1);
    expect(bench.clock.pending).toBe(4);
    await bench.clock.advance(900);
    await Promise.all(runs);
    expect([times, bench.clock.pending]).toEqual([[90, 101, 500.5, 1_000, 1_000], 0]);
  });

  test("that are under way when plugbay is closed leave no timer", async () => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 600_000 });
    await plugbay.run(type, (sender) => sender.by);
    const run = plugbay.run(type, hang).catch((error) => error.code);
    const closed = plugbay.close();
    await bench.clock.advance(10_000);
    await closed;
    expect([await run, bench.clock.pending]).toEqual(["CLOSED", 0]);
  });
});

test("what follows from a time-out has the AsyncLocalStorage of its own call", async () => {
  const storage = new AsyncLocalStorage<string>();
  const { bench, type } = await openSenders();
  // As Node's timers do it.
  const clock: Clock = {
    now: () => bench.clock.now(),
    monotonic: () => bench.clock.monotonic(),
    schedule: (ms, callback) => bench.clock.schedule(ms, AsyncResource.bind(callback)),
  };
  const plugins = [type, senderPlugin("a", { priority: 1 }), senderPlugin("b", { priority: 2 })];
  const plugbay = await bench.open(plugins, { clock });
  const call = async (limits: object): Promise<string[]> => {
    const seen: string[] = [];
    const look = (what: string): void => void seen.push(`${what}: ${storage.getStore()}`);
    const result = await plugbay.run(
      type,
      (sender, { signal }) => {
        look(`task of ${sender.by}`);
        signal.addEventListener("abort", () => look("abort"));
        return sender.by === "a" ? hang() : sender.by;
      },
      {
        ...limits,
        idempotent: true,
        classify: () => {
          look("classify");
          return undefined;
        },
        onAttempt: ({ outcome }) => look(`report of ${outcome}`),
      },
    );
    expect(result).toBe("b");
    return seen;
  };
  const limits = [{ timeoutMs: 300 }, { idleTimeoutMs: 200 }, { timeoutMs: 50 }, { timeoutMs: 300 }];
  const calls = limits.map((one, index) => storage.run(`call ${index}`, () => call(one)));
  await storage.run("somebody else", () => bench.clock.advance(1_000));
  const seen = await Promise.all(calls);
  for (const [index, each] of seen.entries()) {
    const whats = ["task of a", "abort", "classify", "report of ambiguous", "task of b", "report of success"];
    expect(each).toEqual(whats.map((what) => `${what}: call ${index}`));
  }
});
