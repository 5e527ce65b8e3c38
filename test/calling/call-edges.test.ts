import { type AttemptReport, definePlugin, definePluginType } from "plugbay";
import { describe, expect, test } from "vitest";
import { Receipts } from "../../src/calling/receipt.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { settle } from "../runtime/manual-clock.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";
import { coded, hang, openSenders } from "./senders.ts";
import { expectNoneUnhandled } from "./unhandled.ts";

expectNoneUnhandled();

const down = coded("ECONNREFUSED");
/** A promise, and what resolves it. */
function demanded() {
  let give = (_: string): void => undefined;
  const promise = new Promise<string>((resolve) => {
    give = resolve;
  });
  return { promise, give: (value: string) => give(value) };
}

/** Begins to close, and says whether that is over. */
function closing(plugbay: { close(): Promise<void> }) {
  let isOver = false;
  const ended = plugbay.close().then(() => {
    isOver = true;
  });
  return { ended, isOver: () => isOver };
}

describe("a close", () => {
  test("leaves the other calls their time when one of them ends", async () => {
    const { plugbay, type, bench } = await openSenders();
    const [one, other] = [demanded(), demanded()];
    const first = plugbay.run(type, () => one.promise);
    const second = plugbay.run(type, () => other.promise);
    const close = closing(plugbay);
    await settle();
    one.give("one");
    expect(await first).toBe("one");
    await bench.clock.advance(100);
    expect(close.isOver()).toBe(false);
    other.give("other");
    expect(await second).toBe("other");
    await close.ended;
    expect(bench.clock.pending).toBe(0);
  });

  test("is over as soon as the tasks that it told have ended", async () => {
    const { plugbay, type, bench } = await openSenders();
    let signal = new AbortController().signal;
    const task = demanded();
    const run = plugbay
      .run(type, (_, context) => {
        ({ signal } = context);
        return task.promise;
      })
      .catch((error) => error.code);
    const close = closing(plugbay);
    for (let ms = 0; ms < 5_000 && !signal.aborted; ms += 100) await bench.clock.advance(100);
    expect([await run, close.isOver()]).toEqual(["CLOSED", false]);
    task.give("late");
    await settle();
    expect(close.isOver()).toBe(true);
    await close.ended;
  });
});

describe("an attempt", () => {
  test("has one signal, however often it is asked for it", async () => {
    const { plugbay, type, bench } = await openSenders();
    const signals: AbortSignal[] = [];
    const controller = new AbortController();
    const run = plugbay.run(
      type,
      (_, context) => {
        signals.push(context.signal, context.signal);
        return hang();
      },
      { signal: controller.signal },
    );
    controller.abort(new Error("gone"));
    await expect(run).rejects.toThrow("gone");
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(signals[0]).toBe(signals[1]);
    expect(bench.clock.pending).toBe(0);
  });

  test("of a task that answers at once is told of before `run` returns", async () => {
    const { plugbay, type } = await openSenders();
    const outcomes: AttemptReport["outcome"][] = [];
    const run = plugbay.run(type, () => 1, { onAttempt: ({ outcome }) => void outcomes.push(outcome) });
    expect(outcomes).toEqual(["success"]);
    expect(await run).toBe(1);
  });

  test("that succeeds is reported without an error", async () => {
    const { plugbay, type } = await openSenders();
    const reports: AttemptReport[] = [];
    await plugbay.run(type, () => 1, { onAttempt: (report) => void reports.push(report) });
    expect(reports.map((report) => "error" in report)).toEqual([false]);
  });

  test.each([
    ["succeeds", (task: ReturnType<typeof demanded>) => task.give("late")],
    ["fails", (task: ReturnType<typeof demanded>) => task.give(Promise.reject(new Error("late")) as never)],
  ])("that %s after its time troubles nobody", async (_title, end) => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 50 });
    const task = demanded();
    const late: unknown[] = [];
    plugbay.on("late", (event) => void late.push(event));
    const run = plugbay.run(type, () => task.promise).catch((error) => error.code);
    await bench.clock.advance(50);
    expect(await run).toBe("OUTCOME_UNKNOWN");
    end(task);
    await settle();
    expect(late).toHaveLength(1);
  });

  test("that shows progress may take until its other limit, to the millisecond", async () => {
    const { plugbay, type, bench } = await openSenders({
      timeoutMs: 101,
      idleTimeoutMs: 100,
      maxAttempts: 1,
    });
    let progress = (): void => undefined;
    let told: unknown;
    const run = plugbay
      .run(type, (_, context) => {
        ({ progress } = context);
        return hang();
      })
      .catch((error) => {
        told = error.cause;
      });
    await bench.clock.advance(50);
    progress();
    await bench.clock.advance(50);
    expect(told).toBeUndefined();
    await bench.clock.advance(1);
    await run;
    expect(told).toMatchObject({ limit: "timeoutMs", limitMs: 101 });
  });

  test("has keys by the order in which items were asked for one, and a receipt of when it began", async () => {
    const { plugbay, type, bench } = await openSenders();
    const seen: { key: string; runId: string; receipt: string; at: number }[] = [];
    const run = plugbay.run(type, async (sender, context) => {
      const at = bench.clock.now();
      await new Promise<void>((resolve) => bench.clock.schedule(1_000, resolve));
      seen.push({ key: context.idempotencyKey, runId: context.runId, receipt: context.receipt, at });
      if (sender.by === "a") throw down;
    });
    await bench.clock.advance(2_000);
    await run;
    expect(seen.map(({ key, runId }) => key.replace(runId, ""))).toEqual(["-1", "-2"]);
    const receipts = new Receipts(plugbay.namespace);
    const items = plugbay.items(type);
    for (const { receipt, at } of seen) {
      expect(receipts.read(receipt, (id) => items.find((item) => item.id === id)).began).toBe(at);
    }
  });
});

describe("an optional method that an item has not", () => {
  interface Both {
    call?(): string;
    text(): string;
  }
  const both = definePluginType<Both>({
    ...{ name: "both", manager: "apps/both", methods: { call: "optional", text: "required" } },
    policy: { attemptsPerItem: 3, circuit: { failures: 1 } },
  });

  test("is asked of the next one at once, and counts neither for the item nor against it", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([
      both,
      definePlugin(both, { name: "a", module: "apps/x", priority: 1, create: () => ({ text: () => "a" }) }),
      definePlugin(both, {
        ...{ name: "b", module: "apps/x", priority: 2 },
        create: () => ({ text: () => "b", call: () => "b calls" }),
      }),
    ]);
    const reports: AttemptReport[] = [];
    const service = plugbay.service(both, { onAttempt: (report) => void reports.push(report) });
    expect(await service.call()).toBe("b calls");
    expect(reports).toMatchObject([
      {
        item: { name: "a" },
        outcome: "unsuitable",
        error: { code: "METHOD_NOT_IMPLEMENTED", method: "call" },
      },
      { item: { name: "b" }, outcome: "success" },
    ]);
    expect(plugbay.readiness(itemOf(plugbay.items(both), "a")).kind).toBe("ready");
  });
});

describe("a transient plugin whose instance cannot be made for a call", () => {
  async function openBreaking() {
    collectWarnings();
    const bench = await Workbench.create();
    let isBroken = false;
    const plugbay = await bench.open([
      otp,
      definePlugin(otp, {
        ...{ name: "transient", module: "apps/channels", priority: 1, lifetime: "transient" },
        create: () => {
          if (isBroken) throw new Error("no connection left");
          return { by: "transient", sendOtp: async () => "sent" };
        },
      }),
      senderPlugin("b", { priority: 2 }),
    ]);
    return {
      plugbay,
      breakIt: () => {
        isBroken = true;
      },
    };
  }

  test("is passed over, and the next one is tried", async () => {
    const { plugbay, breakIt } = await openBreaking();
    breakIt();
    expect(await plugbay.run(otp, (sender) => sender.by)).toBe("b");
  });

  test("is told of by runAll, which says why", async () => {
    const { plugbay, breakIt } = await openBreaking();
    breakIt();
    const results = await plugbay.runAll(otp, (sender) => sender.by);
    expect(results).toMatchObject([
      {
        item: { name: "transient" },
        status: "rejected",
        reason: { code: "NO_PLUGIN_AVAILABLE", message: expect.stringContaining("no connection left") },
      },
      { item: { name: "b" }, status: "fulfilled", value: "b" },
    ]);
  });
});

test.each(["the selector", "the plugin"])(
  "a call that %s aborts while an item is chosen calls nobody",
  async (who) => {
    const bench = await Workbench.create();
    const controller = new AbortController();
    const abort = (by: string): void => {
      if (who === by) controller.abort(new Error("gone"));
    };
    const aborting = otp.withSelector(({ active }) => {
      abort("the selector");
      return active[0];
    });
    const disposed: string[] = [];
    let isCalled = false;
    const plugin = definePlugin(aborting, {
      ...{ name: "transient", module: "apps/channels", lifetime: "transient" },
      create: () => {
        if (isCalled) abort("the plugin");
        return { by: "transient", sendOtp: async () => "sent" };
      },
      dispose: ({ by }) => void disposed.push(by),
    });
    const plugbay = await bench.open([aborting, plugin]);
    isCalled = true;
    const before = disposed.length;
    let tried = 0;
    const task = (): Promise<never> => {
      tried += 1;
      return hang();
    };
    await expect(plugbay.run(aborting, task, { signal: controller.signal })).rejects.toThrow("gone");
    await settle();
    expect([tried, disposed.length - before]).toEqual([0, 1]);
  },
);

test("a service is the same for good, also after a runAll", async () => {
  const { plugbay, type } = await openSenders();
  const service = plugbay.service(type);
  await plugbay.runAll(type, () => 1);
  expect(plugbay.service(type)).toBe(service);
});
