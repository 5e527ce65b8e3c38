import { definePlugin, type Plugbay, PluginFailedError, type Readiness } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Gate } from "./gate.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const identity = { name: "sms", module: "apps/channels" };
const backup = senderPlugin("backup", { priority: 1 });
const alice = { actor: "alice" };

let bench: Workbench;
let warnings: string[];
beforeEach(async () => {
  bench = await Workbench.create();
  warnings = collectWarnings();
});

const readiness = (plugbay: Plugbay, name = "sms"): Readiness =>
  plugbay.readiness(itemOf(plugbay.items(otp), name));

function failure(plugbay: Plugbay, name?: string): Extract<Readiness, { kind: "failed" }> {
  const found = readiness(plugbay, name);
  if (found.kind !== "failed") throw new Error(`the item is ${found.kind}`);
  return found;
}

describe("an item is failed, and the next one serves, when its plugin's", () => {
  const throws = () => {
    throw new Error("wrong key");
  };
  class Throwing extends Sender {
    constructor() {
      super(throws());
    }
  }

  test.each<[string, object, string]>([
    ["create throws", { create: throws }, "could not be made ready: wrong key"],
    ["create rejects", { create: async () => throws() }, "could not be made ready: wrong key"],
    ["constructor throws", { class: Throwing }, "could not be made ready: wrong key"],
    ["create throws what is no error", { create: () => Promise.reject("no") }, "could not be made ready: no"],
    ["create returns nothing", { create: () => undefined }, 'the object it made has no method "sendOtp"'],
    [
      "create resolves with nothing",
      { create: async () => null },
      'the object it made has no method "sendOtp"',
    ],
    ["create returns an object without the methods", { create: () => ({}) }, 'has no method "sendOtp"'],
    [
      "create returns one with a method that is none",
      { create: () => ({ sendOtp: "yes" }) },
      "has no method",
    ],
    ["create returns a string", { create: () => "sender" }, 'has no method "sendOtp"'],
  ])("%s", async (_title, implementation, message) => {
    const plugbay = await bench.open([
      otp,
      definePlugin(otp, { ...identity, ...implementation } as never),
      backup,
    ]);
    expect(plugbay.get(otp)?.by).toBe("backup");
    const { error } = failure(plugbay);
    expect(error).toBeInstanceOf(PluginFailedError);
    expect(error.message).toContain(
      'plugin "sms" of module "apps/channels" for plugin type "otp" of "apps/otp"',
    );
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ code: "PLUGIN_FAILED", itemId: itemOf(plugbay.items(otp), "sms").id });
    expect(warnings).toEqual([expect.stringContaining("it is skipped and tried again")]);
  });
});

test("the error of a failed item has what was thrown as its cause", async () => {
  const cause = new TypeError("wrong key");
  const plugbay = await bench.open([otp, senderPlugin("sms", { create: () => Promise.reject(cause) })]);
  expect(failure(plugbay).error.cause).toBe(cause);
});

describe("a create that hangs", () => {
  const hanging = (gate: Gate, signals: AbortSignal[] = [], disposed: string[] = []) =>
    senderPlugin("sms", {
      create: async ({ signal }) => {
        signals.push(signal);
        await gate.passed;
        return new Sender("late");
      },
      dispose: (instance) => void disposed.push(instance.by),
    });

  test("is failed after the time limit, of 5 seconds unless told otherwise", async () => {
    let opened = false;
    const opening = bench.open([otp, hanging(new Gate()), backup]).then((plugbay) => {
      opened = true;
      return plugbay;
    });
    await bench.clock.advance(4_999);
    expect(opened).toBe(false);
    await bench.clock.advance(1);
    const plugbay = await opening;
    expect(plugbay.get(otp)?.by).toBe("backup");
    expect(failure(plugbay).error.message).toContain("was not ready within 5000 ms");
  });

  test("is told by its signal when the time limit has passed", async () => {
    const signals: AbortSignal[] = [];
    const opening = bench.open([otp, hanging(new Gate(), signals)], { prepareTimeoutMs: 100 });
    await bench.clock.advance(99);
    expect(signals[0]?.aborted).toBe(false);
    await bench.clock.advance(1);
    expect(signals[0]?.aborted).toBe(true);
    expect(signals[0]?.reason).toBe(failure(await opening).error);
  });

  test("has what it makes too late disposed of, and never serves it", async () => {
    const gate = new Gate();
    const disposed: string[] = [];
    const opening = bench.open([otp, hanging(gate, [], disposed)], { prepareTimeoutMs: 100 });
    await bench.clock.advance(100);
    const plugbay = await opening;
    gate.open();
    await settle();
    expect(disposed).toEqual(["late"]);
    expect(plugbay.get(otp)).toBeUndefined();
  });

  test("in time leaves no timer behind", async () => {
    const gate = new Gate();
    const opening = bench.open([otp, hanging(gate)]);
    await settle();
    expect(bench.clock.pending).toBe(1);
    gate.open();
    expect((await opening).get(otp)?.by).toBe("late");
    expect(bench.clock.pending).toBe(0);
  });

  test("does not hold up the items of a later change for longer than the limit", async () => {
    const gate = new Gate();
    const slow = senderPlugin("slow", {
      status: "disable",
      create: async () => {
        await gate.passed;
        return new Sender("slow");
      },
    });
    const plugbay = await bench.open([otp, slow, backup], { prepareTimeoutMs: 100 });
    const change = plugbay.control.updateItem(
      itemOf(plugbay.items(otp), "slow").id,
      { status: "active" },
      alice,
    );
    await bench.clock.advance(100);
    expect(await change).toMatchObject({ status: "active", readiness: { kind: "failed" } });
    expect(plugbay.get(otp)?.by).toBe("backup");
  });
});

describe("a failed item is tried again", () => {
  /** A plugin that fails until it is mended. */
  function mendable(name = "sms") {
    const state = { broken: true, attempts: 0 };
    const plugin = senderPlugin(name, {
      create: () => {
        state.attempts += 1;
        if (state.broken) throw new Error(`attempt ${state.attempts}`);
        return new Sender(name);
      },
    });
    return { state, plugin };
  }

  test("and serves when it recovers, in its place, with an event", async () => {
    const { state, plugin } = mendable();
    const plugbay = await bench.open([otp, plugin, backup]);
    const events: string[] = [];
    plugbay.on("readiness", (event) => void events.push(`${event.item.name} ${event.readiness.kind}`));
    state.broken = false;
    await bench.clock.advance(failure(plugbay).retryAt - bench.clock.now());
    expect(plugbay.get(otp)?.by).toBe("sms");
    expect(readiness(plugbay)).toEqual({ kind: "ready" });
    expect(events).toEqual(["sms ready"]);
    expect(bench.clock.pending).toBe(0);
  });

  test("after 1 second, doubled each time up to 1 minute, less up to half", async () => {
    const { state, plugin } = mendable();
    const plugbay = await bench.open([otp, plugin]);
    for (const ceiling of [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000)) {
      const delay = failure(plugbay).retryAt - bench.clock.now();
      expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
      expect(delay).toBeLessThanOrEqual(ceiling);
      const { attempts } = state;
      await bench.clock.advance(delay - 1);
      expect(state.attempts).toBe(attempts);
      await bench.clock.advance(1);
      expect(state.attempts).toBe(attempts + 1);
    }
    expect(failure(plugbay).error.message).toContain("attempt 10");
  });

  test("by the backoff alone: refreshes and edits do not hurry it", async () => {
    const { state, plugin } = mendable();
    const plugbay = await bench.open([otp, plugin]);
    await plugbay.control.updateItem(itemOf(plugbay.items(otp), "sms").id, { priority: 4 }, alice);
    await plugbay.refresh();
    expect(state.attempts).toBe(1);
    state.broken = false;
    await bench.clock.advance(1_000);
    expect(plugbay.explain(otp)).toMatchObject([{ reason: "selected", item: { priority: 4 } }]);
  });

  test("at once when its config becomes another", async () => {
    const { state, plugin } = mendable();
    const plugbay = await bench.open([otp, plugin]);
    state.broken = false;
    await bench.edit(plugbay.items(otp)[0], { config: { key: "right" } });
    await plugbay.refresh();
    expect(plugbay.get(otp)?.by).toBe("sms");
    expect(bench.clock.pending).toBe(0);
  });

  test.each([
    [
      "disabled",
      (plugbay: Plugbay, id: string) => plugbay.control.updateItem(id, { status: "disable" }, alice),
    ],
    ["retired", (plugbay: Plugbay, id: string) => plugbay.control.retire([id], alice)],
  ])("no longer once it is %s", async (_title, end) => {
    const { state, plugin } = mendable();
    const plugbay = await bench.open([otp, plugin]);
    await end(plugbay, plugbay.items(otp)[0]?.id ?? "");
    await bench.clock.advance(600_000);
    expect(state.attempts).toBe(1);
    expect(bench.clock.pending).toBe(0);
  });

  test("no longer once plugbay is closed", async () => {
    const { state, plugin } = mendable();
    const plugbay = await bench.open([otp, plugin]);
    await plugbay.close();
    await bench.clock.advance(600_000);
    expect(state.attempts).toBe(1);
  });

  test("and what a retry makes after the item was disabled is disposed of", async () => {
    const gate = new Gate();
    const disposed: string[] = [];
    let attempts = 0;
    const plugin = senderPlugin("sms", {
      create: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error("not yet");
        await gate.passed;
        return new Sender("late");
      },
      dispose: (instance) => void disposed.push(instance.by),
    });
    const plugbay = await bench.open([otp, plugin]);
    await bench.clock.advance(1_000);
    expect(attempts).toBe(2);
    await plugbay.control.updateItem(plugbay.items(otp)[0]?.id ?? "", { status: "disable" }, alice);
    gate.open();
    await settle();
    expect(disposed).toEqual(["late"]);
  });
});

test("one item that fails does not stop a sync, nor the opening, nor the others", async () => {
  const broken = senderPlugin("broken", { create: () => Promise.reject(new Error("down")) });
  const plugbay = await bench.open([otp, broken, backup]);
  expect(await plugbay.sync({ prune: true })).toMatchObject({ itemsFound: 2 });
  expect(plugbay.get(otp)?.by).toBe("backup");
});
