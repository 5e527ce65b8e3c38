import { ClosedError, definePlugin, InvalidTokenError, UnknownPluginError, UnknownTypeError } from "plugbay";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "./workbench.ts";

const by = { actor: "alice" };
const module = "apps/channels";
const sms = definePlugin(otp, {
  ...{ module, name: "sms" },
  config: z.object({ from: z.string().default("plugbay") }),
  create: ({ config }) => new Sender(config.from),
});
const plugins = [otp, sms, senderPlugin("mail")];

describe("itemsOf gives", () => {
  test("a plugin's items in the order of selection, and no others", async () => {
    const plugbay = await (await Workbench.create()).open(plugins);
    const { control } = plugbay;
    await control.createItem({ plugin: sms, label: "off", status: "disable", priority: -9 }, by);
    await control.createItem({ plugin: sms, label: "spare", status: "reserve", priority: -9 }, by);
    await control.createItem({ plugin: sms, label: "eu", priority: -1 }, by);
    const gone = await control.createItem({ plugin: sms, label: "gone" }, by);
    await control.retire([gone.id], by);
    expect(plugbay.itemsOf(sms).map(({ label }) => label)).toEqual(["eu", "", "spare", "off"]);
    expect(plugbay.itemsOf(sms).every(({ name }) => name === "sms")).toBe(true);
  });

  test("the one of a plugin without a config, also for another object of its identity", async () => {
    const plugbay = await (await Workbench.create()).open(plugins);
    expect(plugbay.itemsOf(senderPlugin("mail")).map(({ name }) => name)).toEqual(["mail"]);
  });

  test("none where they are all retired", async () => {
    const plugbay = await (await Workbench.create()).open(plugins);
    await plugbay.control.retire(
      plugbay.itemsOf(sms).map(({ id }) => id),
      by,
    );
    expect(plugbay.itemsOf(sms)).toEqual([]);
  });
});

describe("itemsOf refuses", () => {
  test("a plugin that is not registered, and one of a type that is not", async () => {
    const plugbay = await (await Workbench.create()).open(plugins);
    expect(() => plugbay.itemsOf(senderPlugin("pigeon"))).toThrow(UnknownPluginError);
    const other = await (await Workbench.create()).open([]);
    expect(() => other.itemsOf(sms)).toThrow(UnknownTypeError);
  });

  test.each([[undefined], ["sms"], [otp], [Sender], [{ name: "sms", module }]])(
    "what is no plugin: %s",
    async (given) => {
      const plugbay = await (await Workbench.create()).open(plugins);
      expect(() => plugbay.itemsOf(given as never)).toThrow(InvalidTokenError);
      expect(() => plugbay.itemsOf(given as never)).toThrow("is no plugin; give what definePlugin made");
    },
  );

  test("everything once it is closed", async () => {
    const plugbay = await (await Workbench.create()).open(plugins);
    await plugbay.close();
    expect(() => plugbay.itemsOf(sms)).toThrow(ClosedError);
  });
});
