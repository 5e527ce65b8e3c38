import { describe, expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { settle } from "../runtime/manual-clock.ts";
import { coded, hang, openSenders, status } from "./senders.ts";
import { expectNoneUnhandled } from "./unhandled.ts";

expectNoneUnhandled();

/** What is no promise, but can be waited for. */
const thenable = (then: (resolve: (value: string) => void, reject: (error: unknown) => void) => void) =>
  ({ then }) as unknown as Promise<string>;

describe("a task whose thenable", () => {
  test.each([
    ["answers at once", (resolve: (value: string) => void) => resolve("well"), "well"],
    [
      "answers twice",
      (resolve: (value: string) => void, reject: (error: unknown) => void) => {
        resolve("well");
        reject(coded("ECONNREFUSED"));
        resolve("again");
      },
      "well",
    ],
    [
      "throws after it has answered",
      (resolve: (value: string) => void) => {
        resolve("well");
        throw coded("ECONNREFUSED");
      },
      "well",
    ],
  ])("%s is told by its first answer", async (_title, then, expected) => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 100 });
    const late: unknown[] = [];
    plugbay.on("late", (event) => void late.push(event));
    expect(await plugbay.run(type, () => thenable(then))).toBe(expected);
    expect([late, bench.clock.pending]).toEqual([[], 0]);
  });

  test("throws, or whose `then` cannot be read, has failed", async () => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 100 });
    const throws = thenable(() => {
      throw coded("ECONNREFUSED");
    });
    // biome-ignore lint/suspicious/noThenProperty: this is what the test is about
    const hostile = Object.defineProperty({}, "then", {
      get() {
        throw coded("ECONNREFUSED");
      },
    }) as Promise<string>;
    for (const odd of [throws, hostile]) {
      expect(await plugbay.run(type, (sender) => (sender.by === "a" ? odd : sender.by))).toBe("b");
    }
    expect(bench.clock.pending).toBe(0);
  });
});

describe("a task that throws", () => {
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("it refuses to be read");
      },
      getPrototypeOf() {
        throw new Error("it refuses to be looked at");
      },
    },
  );
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  test.each([
    ["null", null],
    ["undefined", undefined],
    ["a symbol", Symbol("no")],
    ["a function", () => undefined],
    ["a frozen error", Object.freeze(coded("ECONNREFUSED"))],
    ["a hostile proxy", hostile],
    ["a revoked proxy", revoked.proxy],
    ["an object without a prototype", Object.create(null)],
  ])("%s has failed, and the next item is tried", async (_title, thrown) => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 100 });
    for (const isLater of [false, true]) {
      const task = (sender: { readonly by: string }): string | Promise<string> => {
        if (sender.by === "b") return "b";
        if (isLater) return Promise.reject(thrown);
        throw thrown;
      };
      expect(await plugbay.run(type, task)).toBe("b");
    }
    const all = plugbay.run(type, () => Promise.reject(thrown));
    await expect(all).rejects.toMatchObject({ code: "ALL_PLUGINS_FAILED" });
    expect(bench.clock.pending).toBe(0);
  });
});

describe("a task that uses plugbay", () => {
  test("runs another call of the same type inside", async () => {
    const { plugbay, type } = await openSenders();
    const inner = (sender: { readonly by: string }): string => {
      if (sender.by === "a") throw coded("ECONNREFUSED");
      return sender.by;
    };
    const outer = plugbay.run(type, async (sender) => `${sender.by} ${await plugbay.run(type, inner)}`);
    expect(await outer).toBe("a b");
  });

  test("and closes it is told so, and does not hold up the close", async () => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 60_000 });
    const run = plugbay.run(type, () => plugbay.close()).catch((error) => error);
    await bench.clock.advance(5_000);
    expect(await run).toMatchObject({ code: "CLOSED" });
    await plugbay.close();
    expect(bench.clock.pending).toBe(0);
    await expect(plugbay.run(type, () => 1)).rejects.toMatchObject({ code: "CLOSED" });
  });

  test("and disables its own item goes on at that instance, and later calls go elsewhere", async () => {
    const { plugbay, type } = await openSenders();
    const run = plugbay.run(type, async (sender, { item }) => {
      await plugbay.control.updateItem(item.id, { status: "disable" }, { actor: "alice" });
      return sender.by;
    });
    expect(await run).toBe("a");
    expect(await plugbay.run(type, (sender) => sender.by)).toBe("b");
  });
});

describe("what a task keeps of its context", () => {
  test("is the same after its end", async () => {
    const { plugbay, type, bench } = await openSenders();
    const contexts: Parameters<Parameters<typeof plugbay.run<{ by: string }, void>>[1]>[1][] = [];
    await plugbay.run(type, (sender, context) => {
      contexts.push(context);
      if (sender.by === "a") throw coded("ECONNREFUSED");
    });
    await bench.clock.advance(1_000);
    const [first, second] = contexts;
    if (first === undefined || second === undefined) throw new Error("there were two attempts");
    expect(first.runId).toBe(second.runId);
    expect(second.idempotencyKey).not.toBe(first.idempotencyKey);
    expect(first.idempotencyKey).toBe(first.idempotencyKey);
    expect(first.receipt).toBe(first.receipt);
    plugbay.report(first.receipt, "success");
    first.progress();
    expect([first.item.name, first.attempt, second.attempt]).toEqual(["a", 1, 2]);
    expect([first.signal.aborted, second.signal.aborted]).toEqual([false, false]);
  });

  test("says that it was given up, though its signal is read after that", async () => {
    const { plugbay, type, bench } = await openSenders({ timeoutMs: 50 });
    let read = (): AbortSignal | undefined => undefined;
    const run = plugbay.run(type, (_, context) => {
      read = () => context.signal;
      return hang();
    });
    const ended = expect(run).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await bench.clock.advance(50);
    await ended;
    expect(read()?.aborted).toBe(true);
    expect(read()?.reason).toMatchObject({ code: "RUN_TIMEOUT" });
  });
});

describe("an onAttempt", () => {
  test.each([
    [
      "throws",
      () => {
        throw new Error("the log is full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("the log is full"))],
  ])("that %s is warned of, and changes nothing", async (_title, onAttempt) => {
    const warnings = collectWarnings();
    const { plugbay, type } = await openSenders();
    const task = (sender: { readonly by: string }): string => {
      if (sender.by === "a") throw coded("ECONNREFUSED");
      return sender.by;
    };
    expect(await plugbay.run(type, task, { onAttempt })).toBe("b");
    await settle();
    expect(warnings.filter((text) => text.includes("onAttempt"))).toHaveLength(2);
  });

  test("that aborts the call at its success changes nothing: it has succeeded", async () => {
    const { plugbay, type } = await openSenders();
    const controller = new AbortController();
    const options = { signal: controller.signal, onAttempt: () => controller.abort(new Error("too late")) };
    expect(await plugbay.run(type, (sender) => sender.by, options)).toBe("a");
  });

  test("that aborts the call at a failure ends it", async () => {
    const { plugbay, type, tried } = await openSenders();
    const controller = new AbortController();
    const options = { signal: controller.signal, onAttempt: () => controller.abort(new Error("enough")) };
    const run = plugbay.run(
      type,
      (sender) => {
        tried.push(sender.by);
        throw coded("ECONNREFUSED");
      },
      options,
    );
    await expect(run).rejects.toThrow("enough");
    expect(tried).toEqual(["a"]);
  });
});

describe("a classify", () => {
  test.each<[string, () => never]>([
    [
      "throws",
      () => {
        throw new Error("no idea");
      },
    ],
    ["answers a promise", () => Promise.reject(new Error("no idea")) as never],
    ["answers nonsense", () => ({ exhausted: "soon" }) as never],
    ["answers null", () => null as never],
  ])("that %s counts as retryable", async (_title, classify) => {
    collectWarnings();
    const { plugbay, type } = await openSenders();
    const task = (sender: { readonly by: string }): string => {
      if (sender.by === "a") throw status(400);
      return sender.by;
    };
    expect(await plugbay.run(type, task, { classify })).toBe("b");
  });
});
