import { definePlugin, definePluginType, type PluginItem } from "plugbay";
import { describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";

const names = (items: readonly PluginItem[]) => items.map((item) => item.name);

describe("what is registered with an open plugbay", () => {
  test("is synced and served by itself", async () => {
    const plugbay = await (await Workbench.create()).open([otp]);
    expect(plugbay.get(otp)).toBeUndefined();
    plugbay.registry.register(senderPlugin("sms"));
    await settle();
    expect(plugbay.get(otp)?.by).toBe("sms");
    expect(names(plugbay.items(otp))).toEqual(["sms"]);
  });

  test("serves when the next refresh has ended", async () => {
    const plugbay = await (await Workbench.create()).open([otp, senderPlugin("sms", { priority: 1 })]);
    plugbay.registry.register(senderPlugin("mail"));
    await plugbay.refresh();
    expect(plugbay.get(otp)?.by).toBe("mail");
  });

  test("may be a type of its own", async () => {
    const plugbay = await (await Workbench.create()).open([otp]);
    const ping = definePluginType<{ ping(): void }>({
      name: "ping",
      manager: "apps/ping",
      methods: { ping: "required" },
    });
    expect(() => plugbay.get(ping)).toThrow(expect.objectContaining({ code: "UNKNOWN_TYPE" }));
    plugbay.registry.register(ping);
    expect(plugbay.get(ping)).toBeUndefined();
    await plugbay.refresh();
    expect(await plugbay.control.types()).toMatchObject([{ name: "otp" }, { name: "ping" }]);
  });

  test("serves the rows that another process had synced, which were missing here", async () => {
    const bench = await Workbench.create();
    await bench.open([otp, senderPlugin("sms")]);
    const plugbay = await bench.open([otp]);
    expect(plugbay.explain(otp)).toMatchObject([{ reason: "missing" }]);
    plugbay.registry.register(senderPlugin("sms"));
    await plugbay.refresh();
    expect(plugbay.explain(otp)).toMatchObject([{ reason: "selected" }]);
  });

  test("is not written to the database when plugbay was opened without a sync", async () => {
    const plugbay = await (await Workbench.create()).open([otp], { sync: false });
    plugbay.registry.register(senderPlugin("sms"));
    await plugbay.refresh();
    expect(plugbay.items(otp)).toEqual([]);
    await plugbay.sync();
    expect(plugbay.get(otp)?.by).toBe("sms");
  });

  test("holds up nothing but itself while its schema does not answer", async () => {
    const warnings = collectWarnings();
    const bench = await Workbench.create();
    const plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("mail", { priority: 1 })]);
    const validate = () => new Promise<never>(() => undefined);
    plugbay.registry.register(
      definePlugin(otp, {
        name: "stuck",
        module: "apps/channels",
        config: { "~standard": { version: 1, vendor: "test", validate } },
        create: () => new Sender("stuck"),
      }),
    );
    const [sms] = plugbay.items(otp);
    await plugbay.control.updateItem(sms?.id ?? "", { status: "disable" }, { actor: "alice" });
    expect(plugbay.get(otp)?.by).toBe("mail");
    await bench.edit(sms, { status: "active" });
    const refreshed = plugbay.refresh();
    refreshed.catch(() => undefined);
    await settle();
    expect(plugbay.get(otp)?.by).toBe("sms");
    await bench.clock.advance(10_000);
    await expect(refreshed).rejects.toMatchObject({ code: "SCHEMA_TIMEOUT" });
    expect(warnings).toHaveLength(1);
  });

  test("does not disturb who serves now", async () => {
    const plugbay = await (await Workbench.create()).open([otp, senderPlugin("sms")]);
    const before = plugbay.get(otp);
    plugbay.registry.register(senderPlugin("mail", { priority: 5 }));
    await plugbay.refresh();
    expect(plugbay.get(otp)).toBe(before);
  });

  test("is taken over once: later refreshes find nothing to do", async () => {
    const plugbay = await (await Workbench.create()).open([otp]);
    plugbay.registry.register(senderPlugin("sms"));
    await plugbay.refresh();
    await settle();
    let changes = 0;
    plugbay.on("change", () => {
      changes += 1;
    });
    await plugbay.refresh();
    expect(changes).toBe(0);
  });

  test("is refused as at the start, and changes nothing", async () => {
    const plugbay = await (await Workbench.create()).open([otp, senderPlugin("sms")]);
    expect(() => plugbay.registry.register(senderPlugin("mail"), senderPlugin("sms"))).toThrow(
      expect.objectContaining({ code: "DUPLICATE_PLUGIN" }),
    );
    await plugbay.refresh();
    expect(names(plugbay.items(otp))).toEqual(["sms"]);
  });
});
