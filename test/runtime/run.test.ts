import {
  AllPluginsFailedError,
  InvalidOptionError,
  NoPluginAvailableError,
  type Plugbay,
  RunTimeoutError,
} from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { type OtpSender, otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const plugins = [
  otp,
  senderPlugin("a", { priority: 1 }),
  senderPlugin("b", { priority: 2 }),
  senderPlugin("spare", { status: "reserve" }),
  senderPlugin("off", { status: "disable" }),
];

let bench: Workbench;
let plugbay: Plugbay;
beforeEach(async () => {
  bench = await Workbench.create();
  plugbay = await bench.open(plugins);
});

/** A task that fails with these plugins, and otherwise gives the plugin's name. */
const failingWith =
  (...names: string[]) =>
  (sender: OtpSender) => {
    if (names.includes(sender.by)) throw new Error(`${sender.by} is down`);
    return sender.by;
  };

describe("run", () => {
  test("calls the task with the selected implementation and resolves with its result", async () => {
    const result = plugbay.run(otp, (sender) => sender.sendOtp("+1 555 0100", "123456"));
    expect(await result).toBe("a: 123456 to +1 555 0100");
  });

  test("tells the task its item and its attempt", async () => {
    const seen: string[] = [];
    await plugbay.run(otp, (sender, { item, attempt, signal }) => {
      seen.push(`${attempt} ${item.name} ${signal.aborted}`);
      return failingWith("a", "b")(sender);
    });
    expect(seen).toEqual(["1 a false", "2 b false", "3 spare false"]);
  });

  test("goes on to the next active one, then to the reserve, until one succeeds", async () => {
    expect(await plugbay.run(otp, failingWith())).toBe("a");
    expect(await plugbay.run(otp, failingWith("a"))).toBe("b");
    expect(await plugbay.run(otp, failingWith("a", "b"))).toBe("spare");
  });

  test("fails over alike whether the task throws or rejects", async () => {
    expect(await plugbay.run(otp, async (sender) => failingWith("a")(sender))).toBe("b");
  });

  test("rejects with all errors, in the order of the attempts, when every one failed", async () => {
    const run = plugbay.run(otp, failingWith("a", "b", "spare"));
    await expect(run).rejects.toThrow(AllPluginsFailedError);
    await expect(run).rejects.toThrow(
      'every plugin of plugin type "otp" of "apps/otp" failed: apps/channels:a: a is down; ' +
        "apps/channels:b: b is down; apps/channels:spare: spare is down",
    );
    await expect(run).rejects.toMatchObject({
      code: "ALL_PLUGINS_FAILED",
      errors: [
        { item: { name: "a" }, error: { message: "a is down" } },
        { item: { name: "b" }, error: { message: "b is down" } },
        { item: { name: "spare" }, error: { message: "spare is down" } },
      ],
      cause: { message: "spare is down" },
    });
  });

  test("rejects with the reasons when there is nobody to try", async () => {
    const empty = await bench.open([otp], { namespace: "empty" });
    await expect(empty.run(otp, () => 1)).rejects.toThrow(NoPluginAvailableError);
    const ids = plugbay.items(otp).map((item) => item.id);
    await plugbay.control.bulk(ids, "disable", { actor: "alice" });
    await expect(plugbay.run(otp, () => 1)).rejects.toThrow(
      'no plugin of plugin type "otp" of "apps/otp" can serve: apps/channels:off is disabled, ' +
        "apps/channels:spare is disabled, apps/channels:a is disabled, apps/channels:b is disabled",
    );
  });

  test("passes over an item that fails to be ready", async () => {
    collectWarnings();
    const broken = senderPlugin("broken", { create: () => Promise.reject(new Error("down")) });
    const other = await bench.open([plugins, broken]);
    expect(await other.run(otp, failingWith())).toBe("a");
  });

  test("tries an item once, even when an operator changes it meanwhile", async () => {
    const tried: string[] = [];
    const run = plugbay.run(otp, async (sender, { item }) => {
      tried.push(sender.by);
      if (tried.length === 1) {
        await plugbay.control.updateItem(item.id, { priority: -10 }, { actor: "alice" });
      }
      throw new Error("down");
    });
    await expect(run).rejects.toThrow(AllPluginsFailedError);
    expect(tried).toEqual(["a", "b", "spare"]);
  });

  test("does not try an item that was disabled while it tried another", async () => {
    const tried: string[] = [];
    const { id } = itemOf(plugbay.items(otp), "b");
    const run = plugbay.run(otp, async (sender) => {
      tried.push(sender.by);
      await plugbay.control.updateItem(id, { status: "disable" }, { actor: "alice" });
      throw new Error("down");
    });
    await expect(run).rejects.toThrow(AllPluginsFailedError);
    expect(tried).toEqual(["a", "spare"]);
  });
});

describe("classify", () => {
  test("that calls an error rejected ends the run with that error", async () => {
    class WrongNumber extends Error {}
    const tried: string[] = [];
    const run = plugbay.run(
      otp,
      (sender) => {
        tried.push(sender.by);
        throw new WrongNumber("no such number");
      },
      { classify: (error) => (error instanceof WrongNumber ? "rejected" : undefined) },
    );
    await expect(run).rejects.toThrow(WrongNumber);
    expect(tried).toEqual(["a"]);
  });

  test("is asked about each error", async () => {
    const asked: unknown[] = [];
    const classify = (error: unknown) => (asked.push((error as Error).message) < 2 ? undefined : "rejected");
    await expect(plugbay.run(otp, failingWith("a", "b"), { classify })).rejects.toThrow("b is down");
    expect(asked).toEqual(["a is down", "b is down"]);
  });
});

describe("timeoutMs", () => {
  const hang = () => new Promise<never>(() => {});
  const limits = { timeoutMs: 100, idempotent: true };

  test("is the time that each attempt has; then the next one is tried", async () => {
    const run = plugbay.run(otp, (sender) => (sender.by === "spare" ? "done" : hang()), limits);
    let result: string | undefined;
    void run.then((value) => {
      result = value;
    });
    await bench.clock.advance(199);
    expect(result).toBeUndefined();
    await bench.clock.advance(1);
    expect(result).toBe("done");
    expect(bench.clock.pending).toBe(0);
  });

  test("aborts the attempt's signal, and only that attempt's", async () => {
    const signals: AbortSignal[] = [];
    const run = plugbay.run(
      otp,
      (sender, { signal }) => {
        signals.push(signal);
        return sender.by === "a" ? hang() : "done";
      },
      limits,
    );
    await bench.clock.advance(100);
    expect(await run).toBe("done");
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(signals[0]?.reason).toBeInstanceOf(RunTimeoutError);
  });

  test("of every attempt gone by is an error that names the item and the time", async () => {
    const run = plugbay.run(otp, hang, limits);
    run.catch(() => undefined);
    await bench.clock.advance(300);
    const { id } = itemOf(plugbay.items(otp), "a");
    await expect(run).rejects.toMatchObject({
      errors: [
        {
          error: {
            code: "RUN_TIMEOUT",
            itemId: id,
            limit: "timeoutMs",
            limitMs: 100,
            message: expect.stringContaining("100 ms"),
          },
        },
        {},
        {},
      ],
    });
  });

  test("lets an attempt that fails after its time fail unheard", async () => {
    const run = plugbay.run(
      otp,
      (sender, { signal }) =>
        sender.by === "a"
          ? new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("late"))))
          : sender.by,
      limits,
    );
    await bench.clock.advance(100);
    expect(await run).toBe("b");
    await settle();
  });

  test.each([0, -1, Number.NaN])("may not be %d", async (timeoutMs) => {
    const run = plugbay.run(otp, () => 1, { timeoutMs });
    await expect(run).rejects.toThrow(InvalidOptionError);
    await expect(run).rejects.toMatchObject({ option: "timeoutMs", value: timeoutMs });
  });
});

describe("signal", () => {
  test("aborted before the run keeps it from trying anybody", async () => {
    let calls = 0;
    const reason = new Error("the user went away");
    const run = plugbay.run(otp, () => (calls += 1), { signal: AbortSignal.abort(reason) });
    await expect(run).rejects.toBe(reason);
    expect(calls).toBe(0);
  });

  test("aborted during an attempt ends the run with its reason, and reaches the task", async () => {
    const controller = new AbortController();
    const tried: string[] = [];
    let seen: AbortSignal | undefined;
    const run = plugbay.run(
      otp,
      (sender, { signal }) => {
        tried.push(sender.by);
        seen = signal;
        return new Promise(() => {});
      },
      { signal: controller.signal },
    );
    await settle();
    const reason = new Error("the user went away");
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
    expect(seen?.reason).toBe(reason);
    expect(tried).toEqual(["a"]);
  });

  test("aborted by a task that then throws ends the run, and nothing is left unhandled", async () => {
    const controller = new AbortController();
    const run = plugbay.run(
      otp,
      () => {
        controller.abort(new Error("enough"));
        throw new Error("down");
      },
      { signal: controller.signal },
    );
    await expect(run).rejects.toThrow();
    await settle();
  });

  test("does not keep listeners of ended runs", async () => {
    const { signal } = new AbortController();
    const added: unknown[] = [];
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      added.push(args[1]);
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      added.splice(added.indexOf(args[1]), 1);
      removeEventListener.apply(signal, args);
    };
    await plugbay.run(otp, failingWith("a"), { signal });
    expect(added).toEqual([]);
  });
});

describe("an item whose runs fail 5 times in a row", () => {
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) await plugbay.run(otp, failingWith("a"));
  };
  const reasons = () =>
    Object.fromEntries(plugbay.explain(otp).map(({ item, reason }) => [item.name, reason] as const));

  test("is put aside: get, getAll and run pass over it", async () => {
    await fail(4);
    expect(plugbay.get(otp)?.by).toBe("a");
    await fail(1);
    expect(plugbay.get(otp)?.by).toBe("b");
    expect(plugbay.getAll(otp).map(({ by }) => by)).toEqual(["b"]);
    expect(await plugbay.run(otp, failingWith())).toBe("b");
    expect(reasons()).toMatchObject({ a: "cooling", b: "selected" });
  });

  test("is tried again after 30 seconds; the state says when", async () => {
    await fail(5);
    const { id } = itemOf(plugbay.items(otp), "a");
    expect((await plugbay.control.getItem(id)).readiness).toEqual({
      kind: "cooling",
      reason: "circuit",
      until: bench.clock.now() + 30_000,
      failures: { count: 5, error: expect.any(Error), at: bench.clock.now() },
    });
    await bench.clock.advance(29_999);
    expect(plugbay.get(otp)?.by).toBe("b");
    await bench.clock.advance(1);
    expect(plugbay.get(otp)?.by).toBe("a");
  });

  test("is put aside again by the first failure after that", async () => {
    await fail(5);
    await bench.clock.advance(30_000);
    await fail(1);
    expect(reasons()).toMatchObject({ a: "cooling" });
  });

  test("is forgiven everything by a success", async () => {
    await fail(5);
    await bench.clock.advance(30_000);
    await plugbay.run(otp, failingWith());
    await fail(4);
    expect(plugbay.get(otp)?.by).toBe("a");
  });

  test("tells listeners when it is put aside and when it is back", async () => {
    const events: string[] = [];
    plugbay.on("readiness", ({ item, readiness }) => void events.push(`${item.name} ${readiness.kind}`));
    await fail(5);
    await bench.clock.advance(30_000);
    expect(events).toEqual(["a cooling", "a ready"]);
  });

  test("serves on when there is nobody else, and a success ends its cooling", async () => {
    const alone = await bench.open([otp, senderPlugin("alone")], { namespace: "alone" });
    for (let time = 0; time < 6; time += 1) {
      await expect(alone.run(otp, failingWith("alone"))).rejects.toThrow(AllPluginsFailedError);
    }
    expect(alone.explain(otp)).toMatchObject([{ reason: "selected", readiness: { kind: "cooling" } }]);
    expect(alone.get(otp)?.by).toBe("alone");
    expect(await alone.run(otp, failingWith())).toBe("alone");
    expect(alone.explain(otp)).toMatchObject([{ reason: "selected", readiness: { kind: "ready" } }]);
  });

  test("is not put aside for errors that are rejected: they are the caller's", async () => {
    for (let time = 0; time < 6; time += 1) {
      await expect(plugbay.run(otp, failingWith("a"), { classify: () => "rejected" })).rejects.toThrow(
        "a is down",
      );
    }
    expect(plugbay.get(otp)?.by).toBe("a");
  });

  test("starts afresh when its config becomes another", async () => {
    await fail(5);
    await bench.edit(itemOf(plugbay.items(otp), "a"), { config: { key: "new" } });
    await plugbay.refresh();
    expect(plugbay.get(otp)?.by).toBe("a");
    // What has left has its time, and the circuit has none any more.
    expect(bench.clock.pending).toBe(1);
  });
});
