import { createRegistry, DuplicatePluginError, type Plugin } from "plugbay";
import { describe, expect, test } from "vitest";
import { PluginList } from "../../src/registry/plugin-list.ts";
import { asRegistry } from "../../src/registry/registry.ts";
import { otp, senderPlugin } from "../definition/otp.ts";

const made = Array.from({ length: 40 }, (_, index) =>
  senderPlugin(`sender ${index >> 1}`, { module: index % 2 === 0 ? "apps/one" : "apps/two" }),
);

const named = (name: string) => ({ module: "m", name }) as Plugin;
/** Names that are spread over the places without any order, so that some meet. */
const names = Array.from({ length: 100 }, (_, index) => String(index * index * 7_919));
const few = names.slice(0, 20).map((name) => `few ${name}`);

describe("a list of plugins", () => {
  test("finds each by module and name, and no other, however many it has", () => {
    const list = new PluginList();
    for (const [index, plugin] of made.entries()) {
      expect(list.get(plugin.module, plugin.name)).toBeUndefined();
      list.add(plugin);
      for (const [at, { module, name }] of made.entries())
        expect(list.get(module, name)).toBe(at <= index ? made[at] : undefined);
      expect(list.get("apps/three", plugin.name)).toBeUndefined();
    }
    expect([...list]).toEqual(made);
  });

  test("takes back those that were added last, and finds the others still", () => {
    const list = new PluginList();
    for (const plugin of made) list.add(plugin);
    for (let left = made.length - 1; left >= 0; left -= 1) {
      list.removeLast();
      expect([...list]).toEqual(made.slice(0, left));
      for (const [at, { module, name }] of made.entries())
        expect(list.get(module, name)).toBe(at < left ? made[at] : undefined);
    }
    list.removeLast();
    list.add(made[0] as never);
    expect(list.get("apps/one", "sender 0")).toBe(made[0]);
  });

  test("takes back one that stands at any place, beside any other", () => {
    const list = new PluginList();
    for (const one of few) {
      list.add(named(one));
      for (const name of names) {
        const plugin = named(name);
        list.add(plugin);
        if (list.get("m", name) !== plugin) expect.unreachable();
        list.removeLast();
        if (list.get("m", name) !== undefined) expect.unreachable();
      }
      expect(few.filter((name) => list.get("m", name))).toEqual(few.slice(0, few.indexOf(one) + 1));
    }
  });

  test("finds each of more than 65,536", () => {
    const list = new PluginList();
    const plugins = Array.from({ length: 70_000 }, (_, index) => named(`${index}`));
    for (const plugin of plugins) list.add(plugin);
    for (const index of [0, 65_534, 65_535, 65_536, 69_999])
      expect(list.get("m", `${index}`)).toBe(plugins[index]);
    expect(list.get("m", "70000")).toBeUndefined();
  });
});

test("after a registration of many plugins that was refused, one is registered as ever", () => {
  const registry = createRegistry([otp, senderPlugin("sms")]);
  const many = Array.from({ length: 20 }, (_, index) => senderPlugin(`sender ${index}`));
  expect(() => registry.register(many, senderPlugin("sms"))).toThrow(DuplicatePluginError);
  expect(registry.plugins(otp).map(({ name }) => name)).toEqual(["sms"]);
  const mail = senderPlugin("mail");
  registry.register(mail);
  expect(registry.plugin(otp, "apps/channels", "mail")).toBe(mail);
});

describe("a refused registration is taken back whole:", () => {
  const former = (name: string, aliases: readonly string[]) => senderPlugin(name, { aliases } as object);
  const registered = (...late: Plugin[]) => {
    const registry = createRegistry([otp, former("sms", ["text"])]);
    expect(() => registry.register(...late)).toThrow(DuplicatePluginError);
    expect(registry.plugins(otp)).toHaveLength(1);
    return registry;
  };

  test("of a plugin whose name is a former name of another", () => {
    registered(senderPlugin("text")).register(senderPlugin("mail"));
  });

  test("of a plugin whose former name is a name of another, or a former name of it", () => {
    for (const alias of ["sms", "text"]) {
      const registry = registered(former("mail", ["letter", alias]));
      registry.register(former("post", ["letter", "mail"]));
      expect(registry.plugins(otp).map(({ name }) => name)).toEqual(["sms", "post"]);
    }
  });
});

test("listeners hear of what is new, each until it ends its subscription", () => {
  const registry = createRegistry([otp]);
  const heard: string[] = [];
  const stop = registry.onRegister(({ types, plugins }) =>
    heard.push(`${types.length} ${plugins.map(({ name }) => name)}`),
  );
  const sms = senderPlugin("sms");
  registry.register(sms, senderPlugin("mail"));
  registry.register(otp, sms);
  stop();
  registry.register(senderPlugin("fax"));
  expect(heard).toEqual(["0 sms,mail"]);
});

test("what is no registry is a list of definitions", () => {
  const registry = createRegistry([otp]);
  expect(asRegistry(registry)).toBe(registry);
  expect(asRegistry([otp]).types()).toEqual([otp]);
  expect(asRegistry(otp as never).types()).toEqual([otp]);
  for (const [value, described] of [
    [null, "null"],
    ["otp", "a value of type string"],
    [{}, "a value of type object"],
  ])
    expect(() => asRegistry(value as never)).toThrow(
      `"plugins" has ${described}, which neither definePluginType nor definePlugin made`,
    );
});
