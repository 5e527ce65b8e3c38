import { definePlugin, type Plugbay } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Gate } from "./gate.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const identity = { name: "sms", module: "apps/channels" };
const alice = { actor: "alice" };

/** How long an instance that is out of service is left to those who took it from `get`, unless an option says else. */
const graceMs = 30_000;

let bench: Workbench;
let log: string[];
beforeEach(async () => {
  bench = await Workbench.create();
  log = [];
});

/** A plugin whose instances are numbered, and tell the log when they are disposed of. */
function numbered(lifetime: "singleton" | "transient" = "singleton") {
  let count = 0;
  return definePlugin(otp, {
    ...identity,
    lifetime,
    create: () => {
      count += 1;
      return new Sender(`sms ${count}`);
    },
    dispose: (instance) => void log.push(`end of ${instance.by}`),
  });
}

const reconfigure = async (plugbay: Plugbay) => {
  await bench.edit(itemOf(plugbay.items(otp), "sms"), {
    config: { at: log.length, now: crypto.randomUUID() },
  });
  await plugbay.refresh();
};

describe("an instance is disposed of", () => {
  test("when another takes its place, after that one serves", async () => {
    const plugbay = await bench.open([otp, numbered()]);
    plugbay.on("change", () => void log.push(`${plugbay.get(otp)?.by} serves`));
    await reconfigure(plugbay);
    expect(plugbay.get(otp)?.by).toBe("sms 2");
    await bench.clock.advance(graceMs);
    expect(log).toEqual(["sms 2 serves", "end of sms 1"]);
  });

  test("when its item is retired", async () => {
    const plugbay = await bench.open([otp, numbered()]);
    await plugbay.control.retire([itemOf(plugbay.items(otp), "sms").id], alice);
    await bench.clock.advance(graceMs);
    expect(log).toEqual(["end of sms 1"]);
  });

  test("when its item is purged", async () => {
    const plugbay = await bench.open([otp, numbered()]);
    await bench.purge(itemOf(plugbay.items(otp), "sms"));
    await plugbay.refresh();
    expect(plugbay.items(otp)).toEqual([]);
    await bench.clock.advance(graceMs);
    expect(log).toEqual(["end of sms 1"]);
  });

  test("when plugbay closes", async () => {
    const plugbay = await bench.open([otp, numbered()]);
    await plugbay.close();
    expect(log).toEqual(["end of sms 1"]);
  });

  test("not when its item is disabled: a favourite may still use it", async () => {
    const plugbay = await bench.open([otp, numbered()]);
    await plugbay.control.updateItem(itemOf(plugbay.items(otp), "sms").id, { status: "disable" }, alice);
    expect(log).toEqual([]);
  });
});

describe("how it is disposed of", () => {
  class Synchronous extends Sender implements Disposable {
    [Symbol.dispose](): void {
      log.push("Symbol.dispose");
    }
  }
  class Asynchronous extends Synchronous implements AsyncDisposable {
    async [Symbol.asyncDispose](): Promise<void> {
      await settle();
      log.push("Symbol.asyncDispose");
    }
  }

  test.each([
    ["its own Symbol.dispose", () => new Synchronous("sms"), ["Symbol.dispose"]],
    ["rather its own Symbol.asyncDispose, awaited", () => new Asynchronous("sms"), ["Symbol.asyncDispose"]],
    ["nothing, when it has neither", () => new Sender("sms"), []],
  ])("by %s", async (_title, create, expected) => {
    const plugbay = await bench.open([otp, senderPlugin("sms", { create })]);
    await plugbay.close();
    expect(log).toEqual(expected);
  });

  test("by the plugin's dispose instead of either, awaited by close", async () => {
    const create = () => new Asynchronous("sms");
    const dispose = async () => {
      await settle();
      log.push("dispose");
    };
    const plugbay = await bench.open([otp, senderPlugin("sms", { create, dispose })]);
    await plugbay.close();
    expect(log).toEqual(["dispose"]);
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("busy");
      },
    ],
    [
      "rejects",
      async () => {
        throw new Error("busy");
      },
    ],
  ])("when it %s, that is a warning and stops nothing", async (_title, dispose) => {
    const warnings = collectWarnings();
    const plugbay = await bench.open([
      otp,
      senderPlugin("sms", { dispose }),
      senderPlugin("mail", { priority: 1 }),
    ]);
    await reconfigure(plugbay);
    expect(plugbay.get(otp)?.by).toBe("sms");
    await plugbay.close();
    const warning = 'plugin "sms" of module "apps/channels" failed while it was disposed of';
    expect(warnings).toEqual([warning, warning]);
  });
});

describe("an instance that a run uses", () => {
  test("is disposed of when the last run with it has ended", async () => {
    const plugbay = await bench.open([otp, numbered()]);
    const gates = [new Gate(), new Gate()];
    const runs = gates.map((gate) =>
      plugbay.run(otp, async (sender) => {
        await gate.passed;
        return sender.by;
      }),
    );
    await settle();
    await reconfigure(plugbay);
    expect(plugbay.get(otp)?.by).toBe("sms 2");
    await bench.clock.advance(graceMs);
    gates[0]?.open();
    expect(await runs[0]).toBe("sms 1");
    expect(log).toEqual([]);
    gates[1]?.open();
    expect(await runs[1]).toBe("sms 1");
    expect(log).toEqual(["end of sms 1"]);
  });

  test("is disposed of when the run failed, too", async () => {
    const plugbay = await bench.open([otp, numbered()]);
    const gate = new Gate();
    const run = plugbay.run(otp, async () => {
      await gate.passed;
      throw new Error("down");
    });
    await settle();
    await plugbay.control.retire([itemOf(plugbay.items(otp), "sms").id], alice);
    await bench.clock.advance(graceMs);
    expect(log).toEqual([]);
    gate.open();
    await expect(run).rejects.toThrow("down");
    expect(log).toEqual(["end of sms 1"]);
  });

  test("that is transient is disposed of at the end of each run", async () => {
    const plugbay = await bench.open([otp, numbered("transient")]);
    await plugbay.run(otp, () => 1);
    await plugbay.run(otp, () => 1);
    expect(log).toEqual(["end of sms 1", "end of sms 2"]);
  });
});

test("a transient instance that a caller got is the caller's: plugbay does not dispose of it", async () => {
  const plugbay = await bench.open([otp, numbered("transient")]);
  plugbay.get(otp);
  await plugbay.close();
  expect(log).toEqual([]);
});
