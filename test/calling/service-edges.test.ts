import { definePlugin, definePluginType } from "plugbay";
import { describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";
import { coded, hang, openSenders } from "./senders.ts";

describe("a service", () => {
  test("has methods that can be passed on by themselves, with the implementation as their `this`", async () => {
    const { plugbay, type } = await openSenders();
    const { sendOtp } = plugbay.service(type);
    expect(await sendOtp("+1 555 0100", "1")).toBe("a: 1 to +1 555 0100");
  });

  test("is frozen, and has methods that are named as those of every object", async () => {
    type Odd = Record<"toString" | "constructor" | "valueOf", () => unknown>;
    const odd = definePluginType<Odd>({
      ...{ name: "odd", manager: "apps/odd" },
      methods: { toString: "required", constructor: "required", valueOf: "required" } as never,
    });
    const plugin = definePlugin(odd, {
      ...{ name: "one", module: "apps/odd" },
      create: () =>
        ({
          toString: () => "its text",
          constructor: () => "its constructor",
          valueOf: () => "its value",
        }) as never,
    });
    const plugbay = await (await Workbench.create()).open([odd, plugin]);
    const service = plugbay.service(odd) as unknown as Record<string, () => Promise<unknown>>;
    expect(await service.toString?.()).toBe("its text");
    expect(await service.constructor?.()).toBe("its constructor");
    expect(await service.valueOf?.()).toBe("its value");
    expect(Object.isFrozen(service)).toBe(true);
    expect(Object.keys(service).sort()).toEqual(["constructor", "toString", "valueOf"]);
  });

  test("is no promise, so that it can be given out by an asynchronous function", async () => {
    const { plugbay, type } = await openSenders();
    const given = await (async () => plugbay.service(type))();
    expect(given).toBe(plugbay.service(type));
  });
});

describe("transient plugins", () => {
  test("make an instance for each attempt, which ends with it", async () => {
    const bench = await Workbench.create();
    const made: string[] = [];
    const ended: string[] = [];
    class Transient extends Sender {
      constructor() {
        super(`sender ${made.length + 1}`);
        made.push(this.by);
      }
    }
    const plugin = definePlugin(otp, {
      ...{ name: "transient", module: "apps/channels", class: Transient, lifetime: "transient" },
      dispose: (sender) => void ended.push(sender.by),
    });
    const plugbay = await bench.open([otp, plugin], { graceMs: 0 });
    let times = 0;
    const task = async (sender: { readonly by: string }) => {
      times += 1;
      await settle();
      expect(ended).not.toContain(sender.by);
      if (times === 1) throw coded("ECONNREFUSED");
      return sender.by;
    };
    const run = plugbay.run(otp, task, { attemptsPerItem: 2 });
    await settle();
    await bench.clock.advance(1_000);
    const by = await run;
    await settle();
    expect(made.at(-1)).toBe(by);
    expect(ended).toEqual(made);
    expect(bench.clock.pending).toBe(0);
  });
});

describe("a selector", () => {
  test("that sticks to its choice ends the call when that has failed, which tells both", async () => {
    let choice: Parameters<Parameters<typeof otp.withSelector>[0]>[0]["active"][number] | undefined;
    const sticky = otp.withSelector(({ active }) => {
      choice ??= active[0];
      return choice;
    });
    const bench = await Workbench.create();
    const plugbay = await bench.open([sticky, senderPlugin("a"), senderPlugin("b")]);
    const run = plugbay.run(sticky, () => {
      throw coded("ECONNREFUSED");
    });
    await expect(run).rejects.toMatchObject({
      code: "ALL_PLUGINS_FAILED",
      errors: [{ item: { name: "a" }, error: { code: "ECONNREFUSED" } }],
      cause: { name: "SelectorError" },
    });
  });

  test("is asked with its arguments for each item of a call", async () => {
    const asked: string[] = [];
    const byName = otp.withSelector(({ active }, ...names: string[]) => {
      asked.push(names.join());
      return active.find(({ name }) => names.includes(name));
    });
    const bench = await Workbench.create();
    const plugbay = await bench.open([byName, senderPlugin("a"), senderPlugin("b"), senderPlugin("c")]);
    const task = (sender: { readonly by: string }) => {
      if (sender.by === "b") throw coded("ECONNREFUSED");
      return sender.by;
    };
    expect(await plugbay.run(byName, task, { args: ["b", "c"] })).toBe("c");
    expect(new Set(asked)).toEqual(new Set(["b,c"]));
  });
});

test("runAll waits for each by its own limits, and one that hangs or throws changes nothing for the others", async () => {
  const { plugbay, type, bench } = await openSenders({ timeoutMs: 100 });
  const { id } = plugbay.items(type).find(({ name }) => name === "spare") ?? { id: "" };
  await plugbay.control.updateItem(id, { status: "active", priority: 3 }, { actor: "alice" });
  const results = plugbay.runAll(type, (sender) => {
    if (sender.by === "a") return hang();
    if (sender.by === "b") throw null;
    return sender.by;
  });
  await bench.clock.advance(100);
  const found = await results;
  const byName = Object.fromEntries(found.map((result) => [result.item.name, result]));
  expect(byName.a).toMatchObject({ status: "rejected", reason: { code: "OUTCOME_UNKNOWN" } });
  expect(byName.b).toMatchObject({ status: "rejected", reason: null });
  expect(byName.spare).toMatchObject({ status: "fulfilled", value: "spare" });
  expect(bench.clock.pending).toBe(0);
});
