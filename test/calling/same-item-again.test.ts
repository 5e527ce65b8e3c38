import { definePluginType, type Policy } from "plugbay";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type OtpSender, otp, senderPlugin } from "../definition/otp.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";
import { coded, hang, openSenders, status } from "./senders.ts";

const down = coded("ECONNREFUSED");
const by = { actor: "alice" };

/** Every pause before a retry is half of the longest that it may be. */
function halfPauses(): void {
  const spy = vi.spyOn(Math, "random").mockReturnValue(0.5);
  onTestFinished(() => spy.mockRestore());
}

/** A run that notes which item was tried when, and that fails at `a` with this. */
async function openRun(policy: Policy, error: unknown = down, tookMs = 0) {
  const opened = await openSenders(policy);
  const { plugbay, type, bench, tried } = opened;
  const idOf = (name: string) => itemOf(plugbay.items(type), name).id;
  const begin = (options = {}) =>
    plugbay.run(
      type,
      async (sender) => {
        tried.push(`${sender.by} ${bench.clock.monotonic()}`);
        if (tookMs > 0) await new Promise<void>((resolve) => bench.clock.schedule(tookMs, resolve));
        if (sender.by === "a") throw error;
        return sender.by;
      },
      options,
    );
  return { ...opened, begin, idOf };
}

describe("the same item is not tried again", () => {
  test.each([
    ["whose credentials were refused", status(401)],
    ["that cannot do what is asked for", status(413)],
  ])("%s, even if there is no other", async (_title, error) => {
    const { plugbay, type, bench, begin, tried, idOf } = await openRun({ attemptsPerItem: 3 }, error);
    for (const name of ["b", "spare"])
      await plugbay.control.updateItem(idOf(name), { status: "disable" }, by);
    const told = begin().catch((thrown) => thrown.code);
    await bench.clock.advance(1_000);
    expect([await told, tried]).toEqual(["ALL_PLUGINS_FAILED", ["a 0"]]);
    expect(plugbay.items(type)).toHaveLength(3);
  });

  test("whose pause would end with the deadline: the next one is", async () => {
    halfPauses();
    const { bench, begin, tried } = await openRun({ attemptsPerItem: 2, deadlineMs: 100 }, down, 50);
    const run = begin().catch(() => undefined);
    await bench.clock.advance(100);
    await run;
    expect(tried).toEqual(["a 0", "b 50"]);
  });

  test("whose pause ends before the deadline is", async () => {
    halfPauses();
    const { bench, begin, tried } = await openRun({ attemptsPerItem: 2, deadlineMs: 101 }, down, 50);
    const run = begin().catch(() => undefined);
    await bench.clock.advance(101);
    await run;
    expect(tried).toEqual(["a 0", "a 100"]);
  });

  test("that says it has time later than the deadline allows, counted from the beginning of the run", async () => {
    const busy = { exhausted: 150 };
    const policy = { waitMs: 1_000, deadlineMs: 200, classify: () => busy };
    const { bench, begin, tried } = await openRun(policy, new Error("busy"), 60);
    const run = begin();
    await bench.clock.advance(120);
    expect([await run, tried]).toEqual(["b", ["a 0", "b 60"]]);
  });
});

test("an item is waited for that says to come again after just as long as waitMs allows", async () => {
  const { bench, begin, tried } = await openRun({ waitMs: 2_000 }, status(429, { "retry-after": "2" }));
  const run = begin();
  await bench.clock.advance(2_000);
  expect([await run, tried]).toEqual(["b", ["a 0", "a 2000", "b 2000"]]);
});

test("the next item is tried in the last millisecond before the deadline, and none after that", async () => {
  const within = await openRun({ deadlineMs: 100, attemptsPerItem: 1 }, down, 99);
  const run = within.begin().catch(() => undefined);
  await within.bench.clock.advance(100);
  await run;
  expect(within.tried).toEqual(["a 0", "b 99"]);
  const after = await openRun({ deadlineMs: 100, attemptsPerItem: 1 }, down, 99.5);
  const late = after.begin().catch((error) => error);
  await after.bench.clock.advance(99.5);
  expect(await late).toMatchObject({ code: "RUN_TIMEOUT", itemId: undefined, cause: { errors: [{}] } });
  expect(after.tried).toEqual(["a 0"]);
});

describe("in the pause before an item is tried again", () => {
  test("another one may come to the front, and it is tried again all the same", async () => {
    const { plugbay, bench, begin, tried, idOf } = await openRun({ attemptsPerItem: 2 });
    halfPauses();
    const run = begin();
    await settle();
    await plugbay.control.updateItem(idOf("spare"), { status: "active", priority: 0 }, by);
    await bench.clock.advance(50);
    expect([await run, tried]).toEqual(["spare", ["a 0", "a 50", "spare 50"]]);
  });

  test.each([
    ["its circuit opens", down, 2],
    ["its credentials are refused", status(401), 1],
  ])("%s: it is not tried again in this run, not even in the end", async (_title, error, times) => {
    const policy = { attemptsPerItem: 2, idempotent: true, circuit: { failures: 3 } };
    const { plugbay, type, bench, tried } = await openSenders(policy);
    halfPauses();
    const run = plugbay.run(type, (sender) => {
      tried.push(sender.by);
      if (sender.by !== "a") throw status(413);
      throw down;
    });
    const told = expect(run).rejects.toMatchObject({ code: "ALL_PLUGINS_FAILED" });
    await settle();
    for (let time = 0; time < times; time += 1) {
      await plugbay.run(
        type,
        (sender) => {
          if (sender.by === "a") throw error;
        },
        { attemptsPerItem: 1 },
      );
    }
    expect(tried).toEqual(["a"]);
    await bench.clock.advance(10_000);
    await told;
    expect(tried).toEqual(["a", "b", "spare"]);
  });

  test("the caller may abort: nothing is tried any more, and no timer is left", async () => {
    const { bench, begin, tried } = await openRun({ attemptsPerItem: 2 });
    const controller = new AbortController();
    const run = begin({ signal: controller.signal });
    await settle();
    controller.abort(new Error("gone"));
    await expect(run).rejects.toThrow("gone");
    expect(bench.clock.pending).toBe(0);
    await bench.clock.advance(1_000);
    expect(tried).toEqual(["a 0"]);
  });

  test("plugbay may close, which is not held up, and calls that began later are told", async () => {
    const { plugbay, type, bench, begin } = await openRun(
      { waitMs: 60_000 },
      status(429, { "retry-after": "60" }),
    );
    const run = begin().catch((error) => error.code);
    await settle();
    const later = plugbay.run(type, hang).catch((error) => error.code);
    const closing = plugbay.close();
    await bench.clock.advance(5_000);
    await closing;
    expect([await run, await later, bench.clock.pending]).toEqual(["CLOSED", "CLOSED", 0]);
  });
});

test("an onAttempt that aborts the call leaves no pause behind", async () => {
  const { bench, begin, tried } = await openRun({ attemptsPerItem: 2 });
  const controller = new AbortController();
  const run = begin({ signal: controller.signal, onAttempt: () => controller.abort(new Error("enough")) });
  await expect(run).rejects.toThrow("enough");
  expect([bench.clock.pending, tried]).toEqual([0, ["a 0"]]);
});

test("a call that is aborted in the turn in which its task threw tries no other item", async () => {
  const { plugbay, type, tried } = await openSenders();
  const controller = new AbortController();
  const run = plugbay.run(
    type,
    (sender): never => {
      tried.push(sender.by);
      throw down;
    },
    { signal: controller.signal },
  );
  controller.abort(new Error("gone"));
  await expect(run).rejects.toThrow("gone");
  await settle();
  expect(tried).toEqual(["a"]);
});

/** Calls early by so much, as timers may. */
class EarlyClock extends ManualClock {
  readonly #ms: number;
  constructor(ms: number) {
    super();
    this.#ms = ms;
  }
  override schedule(ms: number, callback: () => void): () => void {
    return super.schedule(ms > 1 ? ms - this.#ms : ms, callback);
  }
}

test.each([
  [0.5, "a"],
  [1, "b"],
])(
  "an item that is waited for is tried when a timer comes early by less than a millisecond: %d",
  async (ms, next) => {
    const clock = new EarlyClock(ms);
    const { plugbay, type, tried } = await openSenders({ waitMs: 2_000 }, { clock });
    const run = plugbay.run(type, (sender) => {
      tried.push(sender.by);
      if (tried.length === 1) throw status(429, { "retry-after": "2" });
      return sender.by;
    });
    await clock.advance(2_000);
    expect([await run, tried]).toEqual([next, ["a", next]]);
  },
);

describe("an item that its own failure has put aside", () => {
  const policy = { attemptsPerItem: 2, circuit: { failures: 1 } };

  test("is tried again where the selector takes no other", async () => {
    halfPauses();
    const onlyA = definePluginType<OtpSender>({
      ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } },
      policy,
    }).withSelector(({ active }) => {
      const a = active.find(({ name }) => name === "a");
      if (a === undefined) throw new Error("there is nothing like a");
      return a;
    });
    const bench = await Workbench.create();
    const plugbay = await bench.open([onlyA, senderPlugin("a"), senderPlugin("b")]);
    const tried: string[] = [];
    const run = plugbay.run(onlyA, (sender) => {
      tried.push(sender.by);
      if (tried.length === 1) throw down;
      return sender.by;
    });
    await bench.clock.advance(1_000);
    expect([await run, tried]).toEqual(["a", ["a", "a"]]);
  });

  test("is not tried again where the selector takes another for these arguments", async () => {
    const byName = otp.withSelector(({ active }, ...names: string[]) =>
      active.find(({ name }) => names.includes(name)),
    );
    const bench = await Workbench.create();
    const plugbay = await bench.open([byName, senderPlugin("a"), senderPlugin("b")]);
    const tried: string[] = [];
    const task = (sender: { readonly by: string }) => {
      tried.push(sender.by);
      if (sender.by === "a") throw down;
      return sender.by;
    };
    const run = plugbay.run(byName, task, { ...policy, args: ["a", "b"] });
    await bench.clock.advance(1_000);
    expect([await run, tried]).toEqual(["b", ["a", "b"]]);
  });
});
