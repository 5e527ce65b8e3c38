import {
  type AttemptReport,
  definePlugin,
  type Hook,
  type HookedCall,
  type Plugbay,
  type RunContext,
} from "plugbay";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { WatchedEnd } from "../../src/calling/watchers.ts";
import { watchersOf } from "../../src/open/facade.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { otp, Sender } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";
import { coded, hang, openSenders, status } from "./senders.ts";
import { expectNoneUnhandled } from "./unhandled.ts";

expectNoneUnhandled();

const down = coded("ECONNREFUSED");

/** A task that ends when it is told to. */
const obey = (_: object, { signal }: RunContext): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/** A hook that notes each of its stages. */
const noting = (name: string, notes: string[]): Hook => ({
  before: () => void notes.push(`${name} before`),
  after: () => void notes.push(`${name} after`),
  error: () => void notes.push(`${name} error`),
  finally: () => void notes.push(`${name} finally`),
});

/** How the calls of a plugbay end from here on. */
function watch(plugbay: Plugbay): WatchedEnd[] {
  const ends: WatchedEnd[] = [];
  watchersOf(plugbay).add({ isWatching: true, begin: () => ({ ended: (end) => void ends.push(end) }) });
  return ends;
}

/** Senders whose calls are watched, and how those ended. */
async function openWatched() {
  const opened = await openSenders();
  return { ...opened, ends: watch(opened.plugbay) };
}

describe("the hooks of a call alone", () => {
  test("surround it, whether or not its type has any", async () => {
    const { plugbay, type } = await openSenders();
    const notes: string[] = [];
    const task = () => void notes.push("task");
    await plugbay.run(type, task, { hooks: [noting("call", notes)] });
    expect(notes).toEqual(["call before", "task", "call after", "call finally"]);
  });

  test("hear of its method and input where it has them, and else of none", async () => {
    const { plugbay, type } = await openSenders();
    const calls: Record<string, unknown>[] = [];
    const hooks: Hook[] = [{ before: (call: HookedCall) => void calls.push({ ...call }) }];
    await plugbay.run(type, () => 1, { hooks });
    await plugbay.service(type, { hooks }).sendOtp("+1 555 0100", "1");
    expect(calls.map(({ kind }) => kind)).toEqual(["run", "service"]);
    expect(calls.map((call) => ["method" in call, "input" in call])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test("hear of the arguments of the call's selector", async () => {
    const { plugbay, type } = await openSenders();
    const args: unknown[] = [];
    const hooks: Hook[] = [{ before: (call) => void args.push(call.args) }];
    await plugbay.run(type, () => 1, { hooks });
    await plugbay.run(type, () => 1, { hooks, args: ["NL"] as never });
    expect(args).toEqual([[], ["NL"]]);
  });

  test("have all been called when `run` returns, where none of them is asynchronous", async () => {
    const { plugbay, type } = await openSenders();
    const notes: string[] = [];
    const hooks = [noting("a", notes), noting("b", notes)];
    const run = plugbay.run(type, () => 1, { hooks });
    expect(notes).toEqual(["a before", "b before"]);
    await run;
  });

  test("wait for the one before them, where that is asynchronous", async () => {
    const { plugbay, type, bench } = await openSenders();
    const notes: string[] = [];
    const pause = () => new Promise<void>((resolve) => bench.clock.schedule(5, resolve));
    const slow: Hook = { before: pause, after: pause };
    const task = () => void notes.push("task");
    const run = plugbay.run(type, task, { hooks: [noting("a", notes), slow, noting("c", notes)] });
    await settle();
    expect(notes).toEqual(["a before"]);
    await bench.clock.advance(5);
    expect(notes).toEqual(["a before", "c before", "task", "c after"]);
    await bench.clock.advance(5);
    await run;
    expect(notes).toEqual([
      ...["a before", "c before", "task"],
      ...["c after", "a after", "c finally", "a finally"],
    ]);
  });

  test("come to their `finally` when their own `error` has ended", async () => {
    const { plugbay, type, bench } = await openSenders();
    const notes: string[] = [];
    const slow: Hook = {
      error: () => new Promise<void>((resolve) => bench.clock.schedule(5, resolve)),
      finally: () => void notes.push("slow finally"),
    };
    const run = plugbay.run(type, () => Promise.reject(status(400)), {
      hooks: [slow, noting("quick", notes)],
    });
    await expect(run).rejects.toThrow("HTTP 400");
    expect(notes).toEqual(["quick before", "quick error", "quick finally"]);
    await bench.clock.advance(5);
    expect(notes).toEqual(["quick before", "quick error", "quick finally", "slow finally"]);
  });
});

describe("hooks that never answer", () => {
  const silent: [string, Hook][] = [
    ["before", { before: hang }],
    ["after", { after: hang }],
  ];

  test.each<[string, Hook]>(silent)(
    "in %s are waited for until the deadline of the call",
    async (_stage, hook) => {
      const { plugbay, type, bench } = await openSenders();
      let told: unknown;
      const run = plugbay
        .run(type, () => 1, { hooks: [hook], deadlineMs: 100 })
        .catch((error) => {
          told = error;
        });
      await bench.clock.advance(99);
      expect(told).toBeUndefined();
      await bench.clock.advance(1);
      await run;
      expect(told).toMatchObject({ code: "RUN_TIMEOUT", limit: "deadlineMs", limitMs: 100 });
      expect(bench.clock.pending).toBe(0);
    },
  );

  test("have the time that is left of the deadline after the task", async () => {
    const { plugbay, type, bench } = await openSenders();
    let isTold = false;
    const task = () => new Promise<void>((resolve) => bench.clock.schedule(60, resolve));
    const run = plugbay.run(type, task, { hooks: [{ after: hang }], deadlineMs: 100 }).catch(() => {
      isTold = true;
    });
    await bench.clock.advance(99);
    expect(isTold).toBe(false);
    await bench.clock.advance(1);
    expect(isTold).toBe(true);
    await run;
  });

  test.each<[string, Hook]>(silent)(
    "in %s are waited for until the caller aborts, or plugbay closes",
    async (_stage, hook) => {
      const { plugbay, type, bench } = await openSenders();
      const controller = new AbortController();
      const aborted = plugbay.run(type, () => 1, { hooks: [hook], signal: controller.signal });
      await settle();
      controller.abort(new Error("enough"));
      await expect(aborted).rejects.toThrow("enough");
      let told: unknown;
      const run = plugbay
        .run(type, () => 1, { hooks: [hook] })
        .catch((error) => {
          told = error;
        });
      const later = plugbay.run(type, obey).catch((error) => error.code);
      await settle();
      expect(bench.clock.pending).toBe(0);
      let isClosed = false;
      const closing = plugbay.close().then(() => {
        isClosed = true;
      });
      for (let ms = 0; ms < 5_000 && told === undefined; ms += 100) await bench.clock.advance(100);
      await settle();
      // Nothing is left to be waited for, then.
      expect([told, isClosed]).toEqual([expect.objectContaining({ code: "CLOSED" }), true]);
      expect(await later).toBe("CLOSED");
      await Promise.all([run, closing]);
    },
  );
});

describe("a call that is seen", () => {
  test("is over when it has ended: a close does not wait", async () => {
    const { plugbay, type } = await openWatched();
    await plugbay.run(type, () => 1);
    await plugbay.run(type, () => Promise.reject(status(400))).catch(() => undefined);
    for await (const _ of plugbay.stream(type, () => [1, 2]));
    await plugbay.close();
  });

  test("is told to end when plugbay closes, and its task with it", async () => {
    const { plugbay, type, bench } = await openWatched();
    let signal = new AbortController().signal;
    const run = plugbay.run(type, (sender, context) => {
      ({ signal } = context);
      return obey(sender, context);
    });
    const ended = expect(run).rejects.toMatchObject({ code: "CLOSED" });
    const closing = plugbay.close();
    await bench.clock.advance(5_000);
    await Promise.all([ended, closing]);
    expect(signal.reason).toMatchObject({ code: "CLOSED" });
  });

  test("ends well, with the item that it ended with and how many were tried", async () => {
    const { plugbay, type, bench, ends } = await openWatched();
    await bench.clock.advance(1_000);
    await plugbay.run(type, (sender) => {
      if (sender.by === "a") throw down;
    });
    expect(ends).toMatchObject([{ item: { name: "b" }, attempts: 2, durationMs: 0 }]);
    expect(ends[0]?.failure).toBeUndefined();
  });

  test("shows what it failed with, and its caller gets that as it was thrown", async () => {
    const { plugbay, type, ends } = await openWatched();
    const refused = status(400);
    await expect(plugbay.run(type, () => Promise.reject(refused))).rejects.toBe(refused);
    await expect(plugbay.run(type, () => Promise.reject(down))).rejects.toThrow();
    expect(ends).toMatchObject([
      { attempts: 1, failure: { error: { message: "HTTP 400" } } },
      { attempts: 3, failure: { error: { code: "ALL_PLUGINS_FAILED" } } },
    ]);
  });

  test("shows a rejection without the secrets of the item, which its caller gets as it was", async () => {
    const bench = await Workbench.create();
    const plugin = definePlugin(otp, {
      ...{ name: "a", module: "apps/channels", config: z.strictObject({ token: z.string() }) },
      ...{ secrets: ["token"], create: () => new Sender("a") },
    });
    const plugbay = await bench.open([otp, plugin], { keys: generateKey().entry });
    const config = { token: "s3cret-token" };
    const added = { type: otp, name: "a", module: "apps/channels", label: "eu", config };
    await plugbay.control.createItem(added, { actor: "alice" });
    await settle();
    const ends = watch(plugbay);
    const refused = Object.assign(new Error("no such token: s3cret-token"), { status: 400 });
    await expect(plugbay.run(otp, () => Promise.reject(refused))).rejects.toBe(refused);
    const shown = ends[0]?.failure?.error as Error;
    expect(shown.message).toContain("no such token");
    expect(shown.message).not.toContain("s3cret-token");
    expect(refused.message).toContain("s3cret-token");
  });

  test("of a stream ends with it, and not with its first part", async () => {
    const { plugbay, type, ends } = await openWatched();
    const parts = plugbay.stream(type, () => [1]);
    await parts.next();
    expect(ends).toEqual([]);
    await parts.next();
    await settle();
    expect(ends).toMatchObject([{ item: { name: "a" }, attempts: 1 }]);
    expect(ends[0]?.failure).toBeUndefined();
  });
});

describe("the `after` of a stream", () => {
  test("that throws fails nothing that its consumer has, and is told to the other stages", async () => {
    const { plugbay, type } = await openSenders();
    const notes: string[] = [];
    const hooks: Hook[] = [
      noting("a", notes),
      { error: ({ error }) => void notes.push((error as Error).message) },
      { after: () => Promise.reject(new Error("not what was asked for")) },
    ];
    const parts = plugbay.stream(type, () => [1, 2], { hooks });
    for await (const part of parts) notes.push(`part ${part}`);
    await settle();
    expect(notes).toEqual([
      ...["a before", "part 1", "part 2"],
      ...["not what was asked for", "a error", "a finally"],
    ]);
  });

  test("comes after the report of its attempt", async () => {
    const { plugbay, type } = await openSenders();
    const notes: string[] = [];
    const onAttempt = ({ outcome }: AttemptReport) => void notes.push(String(outcome));
    const parts = plugbay.stream(type, () => [1], { hooks: [noting("a", notes)], onAttempt });
    for await (const _ of parts);
    await settle();
    expect(notes).toEqual(["a before", "success", "a after", "a finally"]);
  });
});
