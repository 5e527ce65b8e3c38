import { definePlugin, definePluginType } from "plugbay";
import { describe, expect, expectTypeOf, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "../runtime/workbench.ts";
import { coded, openSenders } from "./senders.ts";

describe("a service", () => {
  test("is an implementation for good, each call of which is run", async () => {
    const { plugbay, type } = await openSenders();
    const codes = plugbay.service(type);
    expect(await codes.sendOtp("+1 555 0100", "1")).toBe("a: 1 to +1 555 0100");
    const [a] = plugbay.items(type);
    await plugbay.control.updateItem(a?.id ?? "", { status: "disable" }, { actor: "alice" });
    expect(await codes.sendOtp("+1 555 0100", "2")).toBe("b: 2 to +1 555 0100");
    expect(plugbay.service(type)).toBe(codes);
    expect(Object.keys(codes)).toEqual(["sendOtp"]);
  });

  test("fails over, and goes by its options", async () => {
    const bench = await Workbench.create();
    const dead = senderPlugin("dead", {
      create: () => {
        const sender = new Sender("dead");
        sender.sendOtp = async () => {
          throw coded("ECONNRESET");
        };
        return sender;
      },
    });
    const plugbay = await bench.open([otp, dead, senderPlugin("well", { priority: 1 })]);
    expect(await plugbay.service(otp, { idempotent: true }).sendOtp("+1 555 0100", "1")).toContain("well");
    await expect(plugbay.service(otp).sendOtp("+1 555 0100", "1")).rejects.toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
    expect(() => plugbay.service(otp, { timeoutMs: -1 })).toThrow(
      expect.objectContaining({ option: "timeoutMs" }),
    );
  });

  test("may be made before anything can serve", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([otp]);
    const codes = plugbay.service(otp);
    await expect(codes.sendOtp("+1 555 0100", "1")).rejects.toMatchObject({ code: "NO_PLUGIN_AVAILABLE" });
    plugbay.registry.register(senderPlugin("late"));
    await plugbay.refresh();
    expect(await codes.sendOtp("+1 555 0100", "1")).toContain("late");
  });

  test("asks the next one for an optional method that the first has not", async () => {
    interface Notifier {
      readonly name: string;
      notify(text: string): string;
      recall?(text: string): string;
    }
    const notifier = definePluginType<Notifier>({
      ...{ name: "notifier", manager: "apps/notes" },
      methods: { notify: "required", recall: "optional" },
    });
    const mail = definePlugin(notifier, {
      ...{ name: "mail", module: "apps/notes" },
      create: () => ({ name: "mail", notify: (text) => `mail ${text}` }),
    });
    const chat = definePlugin(notifier, {
      ...{ name: "chat", module: "apps/notes", priority: 1 },
      create: () => ({ name: "chat", notify: (text) => `chat ${text}`, recall: (text) => `no ${text}` }),
    });
    const plugbay = await (await Workbench.create()).open([notifier, mail, chat]);
    const notes = plugbay.service(notifier);
    expect([await notes.notify("x"), await notes.recall("x")]).toEqual(["mail x", "no x"]);
    expectTypeOf(notes.notify).toEqualTypeOf<(text: string) => Promise<string>>();
    expectTypeOf<keyof typeof notes>().toEqualTypeOf<"notify" | "recall">();
  });

  test("binds the arguments of a selector", async () => {
    const byName = otp.withSelector(({ active }, name: string) => active.find((item) => item.name === name));
    const bench = await Workbench.create();
    const plugbay = await bench.open([byName, senderPlugin("a"), senderPlugin("b")]);
    const codes = plugbay.service(byName, { args: ["b"] });
    expect(await codes.sendOtp("+1 555 0100", "1")).toContain("b: 1");
    // @ts-expect-error the selector's arguments are required
    plugbay.service(byName);
  });
});

describe("runAll", () => {
  test("calls every active one and says what became of each", async () => {
    const { plugbay, type } = await openSenders();
    const results = await plugbay.runAll(type, (sender) => {
      if (sender.by === "a") throw coded("ECONNREFUSED");
      return sender.by;
    });
    expect(results).toMatchObject([
      { item: { name: "a" }, status: "rejected", reason: { code: "ECONNREFUSED" } },
      { item: { name: "b" }, status: "fulfilled", value: "b" },
    ]);
  });

  test("goes by the policy, item by item, and gives nothing where nobody serves", async () => {
    const { plugbay, type, bench } = await openSenders({ attemptsPerItem: 2, timeoutMs: 50 });
    let times = 0;
    const results = plugbay.runAll(type, (sender) => {
      if (sender.by === "b") return new Promise<string>(() => undefined);
      times += 1;
      if (times === 1) throw coded("ECONNREFUSED");
      return "at the second attempt";
    });
    await bench.clock.advance(1_000);
    expect(await results).toMatchObject([
      { status: "fulfilled", value: "at the second attempt" },
      { status: "rejected", reason: { code: "OUTCOME_UNKNOWN" } },
    ]);
    const empty = await (await Workbench.create()).open([otp]);
    expect(await empty.runAll(otp, () => 1)).toEqual([]);
  });
});
