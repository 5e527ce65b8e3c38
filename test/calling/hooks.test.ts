import { definePluginType, type Hook, type HookFailure, type HookSuccess } from "plugbay";
import { describe, expect, onTestFinished, test } from "vitest";
import { type OtpSender, senderPlugin } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";
import { coded, hang, status } from "./senders.ts";

const down = coded("ECONNREFUSED");

/** A hook that notes each of its stages. */
const noting = (name: string, notes: string[]): Hook => ({
  before: () => void notes.push(`${name} before`),
  after: () => void notes.push(`${name} after`),
  error: () => void notes.push(`${name} error`),
  finally: () => void notes.push(`${name} finally`),
});

async function openHooked(hooks: readonly Hook<OtpSender>[], outer: readonly Hook[] = []) {
  const bench = await Workbench.create();
  const type = definePluginType<OtpSender>({
    ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" }, hooks },
    policy: { idempotent: true },
  });
  const plugins = [type, senderPlugin("a", { priority: 1 }), senderPlugin("b", { priority: 2 })];
  return { bench, type, plugbay: await bench.open(plugins, { hooks: outer }) };
}

describe("hooks", () => {
  test("go in OpenFeature's order: plugbay, type and call before, and the other way round after", async () => {
    const notes: string[] = [];
    const { plugbay, type } = await openHooked(
      [noting("type", notes), noting("type 2", notes)],
      [noting("plugbay", notes)],
    );
    const task = () => void notes.push("task");
    await plugbay.run(type, task, { hooks: [noting("call", notes)] });
    expect(notes).toEqual([
      ...["plugbay before", "type before", "type 2 before", "call before", "task"],
      ...["call after", "type 2 after", "type after", "plugbay after"],
      ...["call finally", "type 2 finally", "type finally", "plugbay finally"],
    ]);
  });

  test("hear of a failure by error, and then finally", async () => {
    const notes: string[] = [];
    const { plugbay, type } = await openHooked([noting("type", notes)], [noting("plugbay", notes)]);
    const run = plugbay.run(type, () => Promise.reject(status(400)));
    await expect(run).rejects.toThrow("HTTP 400");
    expect(notes).toEqual([
      ...["plugbay before", "type before"],
      ...["type error", "plugbay error", "type finally", "plugbay finally"],
    ]);
  });

  test("are told which call it is, and what came of it", async () => {
    const ends: (HookSuccess<OtpSender> | HookFailure<OtpSender>)[] = [];
    const { plugbay, type, bench } = await openHooked([{ finally: (end) => void ends.push(end) }]);
    let runId = "";
    const run = plugbay.run(type, async (sender, context) => {
      runId = context.runId;
      await new Promise<void>((resolve) => bench.clock.schedule(10, resolve));
      if (sender.by === "a") throw down;
      return "sent";
    });
    await bench.clock.advance(20);
    await run;
    expect(ends).toMatchObject([
      {
        ...{ kind: "run", type: { manager: "apps/otp", name: "otp" }, runId, args: [] },
        ...{ status: "fulfilled", item: { name: "b" }, attempts: 2, durationMs: 20, value: "sent" },
      },
    ]);
  });

  test("of a service are told the method, what it was given and what it gave", async () => {
    const ends: unknown[] = [];
    const { plugbay, type } = await openHooked([{ after: (end) => void ends.push(end) }]);
    await plugbay.service(type).sendOtp("+1 555 0100", "123456");
    expect(ends).toMatchObject([
      { kind: "service", method: "sendOtp", input: ["+1 555 0100", "123456"], status: "fulfilled" },
    ]);
  });

  test("have data of their own for each call, from the first stage to the last", async () => {
    const seen: unknown[] = [];
    const counting: Hook = {
      before: ({ data }) => void data.set("n", seen.length),
      finally: ({ data }) => void seen.push(data.get("n")),
    };
    const { plugbay, type } = await openHooked([
      counting,
      { finally: ({ data }) => void seen.push(data.size) },
    ]);
    await plugbay.run(type, () => undefined);
    await plugbay.run(type, () => undefined);
    expect(seen).toEqual([0, 0, 0, 2]);
  });

  test("before may refuse a call: nothing is tried, and those behind it are not asked", async () => {
    const notes: string[] = [];
    const refusing: Hook = {
      before: () => {
        throw new Error("not today");
      },
    };
    const { plugbay, type } = await openHooked([refusing, noting("type", notes)], [noting("plugbay", notes)]);
    const run = plugbay.run(type, () => void notes.push("task"));
    await expect(run).rejects.toThrow("not today");
    expect(notes).toEqual([
      ...["plugbay before"],
      ...["type error", "plugbay error", "type finally", "plugbay finally"],
    ]);
  });

  test("after may fail a call, which is not tried again", async () => {
    const notes: string[] = [];
    const doubting: Hook = { after: () => Promise.reject(new Error("not what was asked for")) };
    const { plugbay, type } = await openHooked([noting("type", notes), doubting]);
    const run = plugbay.run(type, () => void notes.push("task"));
    await expect(run).rejects.toThrow("not what was asked for");
    expect(notes).toEqual(["type before", "task", "type error", "type finally"]);
  });

  test("end no call by what they throw in error and finally, nor by never answering there", async () => {
    const warned = warnings();
    const throwing: Hook = {
      error: () => Promise.reject(new Error("in error")),
      finally: () => {
        throw new Error("in finally");
      },
    };
    const { plugbay, type } = await openHooked([throwing], [{ finally: hang, error: hang }]);
    expect(await plugbay.run(type, () => "sent")).toBe("sent");
    await expect(plugbay.run(type, () => Promise.reject(status(400)))).rejects.toThrow("HTTP 400");
    await expect.poll(() => warned).toHaveLength(3);
    expect(warned[0]).toBe('the "finally" of a hook threw');
  });

  test("that are asynchronous are waited for, before and after", async () => {
    const notes: string[] = [];
    const { plugbay, type, bench } = await openHooked([
      {
        before: async () => {
          await new Promise<void>((resolve) => bench.clock.schedule(5, resolve));
          notes.push("before");
        },
        after: async () => {
          await new Promise<void>((resolve) => bench.clock.schedule(5, resolve));
          notes.push("after");
        },
      },
    ]);
    const run = plugbay.run(type, () => void notes.push("task")).then(() => notes.push("told"));
    await bench.clock.advance(20);
    await run;
    expect(notes).toEqual(["before", "task", "after", "told"]);
  });

  test("that never answer are waited for until the deadline, the caller's signal, or the end of plugbay", async () => {
    const { plugbay, type, bench } = await openHooked([{ before: hang }]);
    const late = plugbay.run(type, () => undefined, { deadlineMs: 100 });
    const lateToo = expect(late).rejects.toMatchObject({ code: "RUN_TIMEOUT", limit: "deadlineMs" });
    await bench.clock.advance(100);
    await lateToo;
    const controller = new AbortController();
    const aborted = plugbay.run(type, () => undefined, { signal: controller.signal });
    const abortedToo = expect(aborted).rejects.toThrow("enough");
    await settle();
    controller.abort(new Error("enough"));
    await abortedToo;
    const closed = expect(plugbay.run(type, () => undefined)).rejects.toMatchObject({ code: "CLOSED" });
    const closing = plugbay.close();
    await bench.clock.advance(5_000);
    await closed;
    await closing;
  });

  test("count for the deadline", async () => {
    const { plugbay, type, bench } = await openHooked([
      { before: () => new Promise<void>((resolve) => bench.clock.schedule(60, resolve)) },
    ]);
    const run = plugbay.run(type, hang, { deadlineMs: 100 });
    const told = expect(run).rejects.toMatchObject({ code: "RUN_TIMEOUT", limit: "deadlineMs" });
    await bench.clock.advance(100);
    await told;
  });

  test("surround each item's call of runAll", async () => {
    const notes: string[] = [];
    const { plugbay, type } = await openHooked([
      {
        before: ({ kind }) => void notes.push(kind),
        finally: ({ item, status: came }) => void notes.push(`${item?.name} ${came}`),
      },
    ]);
    const results = await plugbay.runAll(type, (sender) => {
      if (sender.by === "a") throw status(400);
    });
    expect(results.map((one) => one.status)).toEqual(["rejected", "fulfilled"]);
    expect(notes.sort()).toEqual(["a rejected", "b fulfilled", "runAll", "runAll"]);
  });

  test("of a stream come when it opens, and when it ends", async () => {
    const notes: string[] = [];
    const { plugbay, type } = await openHooked([noting("type", notes)]);
    const stream = plugbay.stream(type, async function* () {
      yield 1;
      yield 2;
    });
    expect(notes).toEqual([]);
    for await (const part of stream) notes.push(`part ${part}`);
    await settle();
    expect(notes).toEqual(["type before", "part 1", "part 2", "type after", "type finally"]);
  });

  test("of a stream that breaks off hear of its error", async () => {
    const notes: string[] = [];
    const { plugbay, type } = await openHooked([
      noting("type", notes),
      { error: ({ error }) => void notes.push(String(error)) },
    ]);
    const stream = plugbay.stream(type, async function* () {
      yield 1;
      throw down;
    });
    const taken = (async () => {
      for await (const part of stream) notes.push(`part ${part}`);
    })();
    await expect(taken).rejects.toBe(down);
    expect(notes).toEqual([
      ...["type before", "part 1", "Error: ECONNREFUSED", "type error", "type finally"],
    ]);
  });

  test("of a stream may refuse it", async () => {
    const { plugbay, type } = await openHooked([{ before: () => Promise.reject(new Error("no streams")) }]);
    const stream = plugbay.stream(type, () => [1]);
    await expect(stream.next()).rejects.toThrow("no streams");
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test("hear of calls that nothing serves", async () => {
    const codes: unknown[] = [];
    const bench = await Workbench.create();
    const type = definePluginType<OtpSender>({
      ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } },
      hooks: [
        { error: ({ error, item, attempts }) => void codes.push([(error as Error).name, item, attempts]) },
      ],
    });
    const plugbay = await bench.open([type]);
    await expect(plugbay.run(type, () => undefined)).rejects.toThrow();
    expect(codes).toEqual([["NoPluginAvailableError", undefined, 0]]);
  });

  test("keep what withSelector gives", async () => {
    const notes: unknown[] = [];
    const bench = await Workbench.create();
    const type = definePluginType<OtpSender>({
      ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } },
      hooks: [{ before: ({ args }) => void notes.push(args) }],
    }).withSelector(({ active }, name: string) => active.find((item) => item.name === name));
    const plugbay = await bench.open([type, senderPlugin("a"), senderPlugin("b")]);
    expect(await plugbay.run(type, (sender) => sender.by, { args: ["b"] })).toBe("b");
    expect(notes).toEqual([["b"]]);
  });

  test.each([
    ["no list", { before: () => undefined }],
    ["no hook", [undefined]],
    ["without a stage", [{}]],
    ["with what is no function", [{ before: true }]],
    ["with a stage that there is not", [{ befor: () => undefined }]],
  ])("are checked where they are declared: %s", async (_what, hooks) => {
    const options = { name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } } as const;
    expect(() => definePluginType<OtpSender>({ ...options, hooks: hooks as never })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(INVALID|UNKNOWN)_OPTION$/) }),
    );
    const { plugbay, type } = await openHooked([]);
    await expect(plugbay.run(type, () => undefined, { hooks: hooks as never })).rejects.toThrow(/hook/);
  });
});

/** The warnings of plugbay from here on. */
function warnings(): string[] {
  const heard: string[] = [];
  const hear = (warning: Error): void => {
    if (warning.name === "PlugbayWarning") heard.push(warning.message);
  };
  process.on("warning", hear);
  onTestFinished(() => void process.off("warning", hear));
  return heard;
}
