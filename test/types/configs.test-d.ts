import {
  type ConfigValue,
  definePlugin,
  definePluginType,
  type Plugbay,
  type Plugin,
  type PluginItem,
} from "plugbay";
import { describe, expectTypeOf, test } from "vitest";
import { z } from "zod";

interface Gateway {
  charge(cents: number): Promise<string>;
}
const identity = { name: "gateway", manager: "apps/payment" };
const gateway = definePluginType<Gateway>({ ...identity, methods: { charge: "required" } });
const create = () => ({ charge: async () => "" });
const named = (name: string) => ({ name, module: "apps/stripe", create });
const stripe = definePlugin(gateway, {
  ...named("stripe"),
  config: z.object({ account: z.string(), retries: z.number().default(3) }),
});
const eager = definePlugin(gateway, { ...named("eager"), config: z.object({ url: z.url().optional() }) });
const plain = definePlugin(gateway, named("plain"));

declare const plugbay: Plugbay;
declare const any: Plugin;
const by = { actor: "alice" };
const { control } = plugbay;
const transaction = control.in({} as never);

describe("the config of an item", () => {
  test("is what the plugin's schema takes in", () => {
    void control.createItem({ plugin: stripe, label: "eu", config: { account: "acct_1" } }, by);
    void control.createItem({ plugin: stripe, label: "eu", config: { account: "a", retries: 1 } }, by);
    // @ts-expect-error account is missing
    void control.createItem({ plugin: stripe, label: "eu", config: {} }, by);
    // @ts-expect-error a number
    void control.createItem({ plugin: stripe, label: "eu", config: { account: 1 } }, by);
    // @ts-expect-error misspelt
    void control.createItem({ plugin: stripe, label: "eu", config: { account: "a", retry: 1 } }, by);
    // @ts-expect-error the schema does not take {}
    void control.createItem({ plugin: stripe, label: "eu" }, by);
    // The plugin's only item needs no label.
    void control.createItem({ plugin: stripe, config: { account: "acct_1" } }, by);
    void control.checkConfig({ plugin: stripe, config: { account: "acct_1" }, timeoutMs: 5 });
    // @ts-expect-error a number
    void control.checkConfig({ plugin: stripe, config: { account: 1 } });
    // @ts-expect-error the schema does not take {}
    void control.checkConfig({ plugin: stripe });
  });

  test("is so in a transaction of the application, too", () => {
    const item = transaction.createItem({ plugin: stripe, label: "eu", config: { account: "acct_1" } }, by);
    expectTypeOf(item).toEqualTypeOf<Promise<PluginItem>>();
    // @ts-expect-error a number
    void transaction.createItem({ plugin: stripe, label: "eu", config: { account: 1 } }, by);
  });

  test("may be left out where the schema takes {}", () => {
    void control.createItem({ plugin: eager, label: "eu" }, by);
    void control.createItem({ plugin: eager, label: "eu", config: {} }, by);
    void control.createItem({ plugin: eager, label: "eu", config: undefined }, by);
    void control.checkConfig({ plugin: eager });
  });

  test("is none for a plugin without a schema, which gets no further items", () => {
    // @ts-expect-error it has one item
    void control.createItem({ plugin: plain, label: "eu" }, by);
    // @ts-expect-error it has one item
    void control.createItem({ plugin: plain, label: "eu", config: { account: "acct_1" } }, by);
    void control.checkConfig({ plugin: plain });
    // @ts-expect-error it takes none
    void control.checkConfig({ plugin: plain, config: { account: "acct_1" } });
  });

  test("is any where the plugin is any, or is known by its names", () => {
    void control.createItem({ plugin: any, label: "eu", config: { account: 1 } }, by);
    void control.createItem({ plugin: any, label: "eu" }, by);
    const names = { type: gateway, module: "apps/stripe", name: "stripe" };
    void control.createItem({ ...names, label: "eu", config: { account: 1 } }, by);
    void control.createItem({ ...names, type: identity, label: "eu" }, by);
    // @ts-expect-error the plugin says it all
    void control.createItem({ plugin: stripe, ...names, label: "eu", config: { account: "a" } }, by);
    // @ts-expect-error no plugin
    void control.createItem({ label: "eu", config: { account: "a" } }, by);
    // @ts-expect-error a type is no plugin
    void control.createItem({ plugin: gateway, label: "eu" }, by);
  });

  test("may be declared by an interface", () => {
    interface Config {
      readonly account: string;
      readonly nested?: { readonly list: readonly Config[] };
    }
    const config = { account: "acct_1" } as Config;
    const names = { type: gateway, module: "apps/stripe", name: "stripe" };
    void control.createItem({ ...names, label: "eu", config }, by);
    void control.createItem({ plugin: stripe, label: "eu", config }, by);
    void control.checkConfig({ ...names, config });
    void control.checkItem("id", { config });
    void control.updateItem("id", { config }, by);
    void control.updateItems([{ id: "id", config }], by);
    expectTypeOf<Config>().toExtend<ConfigValue>();
  });

  test("is nothing that JSON never has", () => {
    const load = async () => ({ account: "acct_1" });
    // @ts-expect-error a promise, for an `await` was forgotten
    void control.updateItem("id", { config: load() }, by);
    // @ts-expect-error a function
    void control.updateItem("id", { config: load }, by);
    // @ts-expect-error a map
    void control.updateItem("id", { config: new Map([["account", "acct_1"]]) }, by);
    // @ts-expect-error a date
    void control.updateItem("id", { config: new Date() }, by);
    // @ts-expect-error a symbol
    void control.updateItem("id", { config: Symbol("account") }, by);
  });
});

describe("itemsOf", () => {
  test("gives a plugin's items", () => {
    expectTypeOf(plugbay.itemsOf(stripe)).toEqualTypeOf<readonly PluginItem[]>();
    expectTypeOf(plugbay.itemsOf(any)).toEqualTypeOf<readonly PluginItem[]>();
    // @ts-expect-error a type is no plugin
    plugbay.itemsOf(gateway);
    // @ts-expect-error nor is a name
    plugbay.itemsOf("stripe");
  });
});

describe("options that may be left out", () => {
  test("may be undefined", () => {
    void control.list({ search: undefined, page: undefined });
    void control.history({ limit: undefined, actor: undefined });
    void control.updateItem("id", { status: undefined }, { ...by, version: undefined, key: undefined });
    void control.reorder([], { ...by, status: undefined, versions: undefined });
    void control.exportItems({ typeId: undefined });
    void control.planImport({}, { prune: undefined });
    void control.limitedTo({ access: "read", types: undefined });
    void plugbay.sync({ mode: undefined });
  });
});
