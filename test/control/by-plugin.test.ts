import {
  definePlugin,
  InvalidConfigError,
  InvalidOptionError,
  InvalidTokenError,
  NotConfigurableError,
  type Plugbay,
  UnknownPluginError,
} from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "../runtime/workbench.ts";

const by = { actor: "alice" };
const module = "apps/channels";
const options = {
  ...{ module, name: "sms" },
  config: z.object({ from: z.string() }),
  create: ({ config }: { readonly config: { readonly from: string } }) => new Sender(config.from),
  check: ({ config }: { readonly config: { readonly from: string } }) => `from ${config.from}`,
};
const sms = definePlugin(otp, options);
const mail = senderPlugin("mail");

let plugbay: Plugbay;
beforeEach(async () => {
  plugbay = await (await Workbench.create()).open([otp, sms, mail]);
});

describe("an item of a plugin that is given as definePlugin made it", () => {
  test("is added, and served", async () => {
    interface Config {
      readonly from: string;
    }
    const config: Config = { from: "eu" };
    const item = await plugbay.control.createItem({ plugin: sms, label: "eu", config }, by);
    expect(item).toMatchObject({ type: { name: "otp" }, module, name: "sms", label: "eu", config });
    expect(plugbay.getById(otp, item.id)?.by).toBe("eu");
  });

  test("is added for another object of the plugin's identity", async () => {
    const again = definePlugin(otp, options);
    const item = await plugbay.control.createItem({ plugin: again, label: "eu", config: { from: "eu" } }, by);
    expect(plugbay.itemsOf(sms)).toMatchObject([{ id: item.id }]);
  });

  test("is added once under a key, however the plugin is said", async () => {
    const config = { from: "eu" };
    const first = await plugbay.control.createItem({ plugin: sms, label: "eu", config }, { ...by, key: "1" });
    const names = { type: otp, module, name: "sms" };
    const second = await plugbay.control.createItem({ ...names, label: "eu", config }, { ...by, key: "1" });
    expect(second.id).toBe(first.id);
  });

  test("is checked by the plugin's schema at run time as well", async () => {
    const given = { plugin: sms, label: "eu", config: { from: 5 } } as never;
    await expect(plugbay.control.createItem(given, by)).rejects.toThrow(InvalidConfigError);
  });

  test("is refused where the plugin takes no config, is not registered or is none", async () => {
    const { control } = plugbay;
    const add = (plugin: unknown) => control.createItem({ plugin, label: "eu", config: {} } as never, by);
    await expect(add(mail)).rejects.toThrow(NotConfigurableError);
    await expect(add(senderPlugin("pigeon"))).rejects.toThrow(UnknownPluginError);
    await expect(add(otp)).rejects.toThrow(InvalidTokenError);
    await expect(add("sms")).rejects.toThrow('the text "sms" is no plugin; give what definePlugin made');
    await expect(control.createItem({ label: "eu" } as never, by)).rejects.toThrow(InvalidTokenError);
    const both = { plugin: sms, name: "sms", label: "eu", config: { from: "eu" } } as never;
    await expect(control.createItem(both, by)).rejects.toThrow(InvalidOptionError);
    await expect(control.createItem(both, by)).rejects.toThrow('it is given by "plugin" already');
  });
});

test("a config is tried for a plugin that is given as definePlugin made it", async () => {
  expect(await plugbay.control.checkConfig({ plugin: sms, config: { from: "eu" } })).toMatchObject({
    ok: true,
    message: "from eu",
  });
});
