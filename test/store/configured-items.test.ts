import { type } from "arktype";
import {
  ConflictError,
  definePlugin,
  ForbiddenError,
  InvalidConfigError,
  InvalidNameError,
  type JsonValue,
  LabelTakenError,
  NotConfigurableError,
  type Plugbay,
  SchemaTimeoutError,
  UnknownPluginError,
  UnknownTypeError,
} from "plugbay";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { alice, greeterType, greeting } from "./definitions.ts";
import { onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const module = "apps/greeters";
const name = "polyglot";

const schemas = {
  zod: z.strictObject({ word: z.string(), times: z.number().default(1) }),
  valibot: v.strictObject({ word: v.string(), times: v.optional(v.number(), 1) }),
  arktype: type({ "+": "reject", word: "string", times: "number = 1" }),
};

/** Says its word as often as its config says. */
const polyglot = definePlugin(greeting, {
  module,
  name,
  config: schemas.zod,
  create: ({ config }) => ({ greet: () => config.word.repeat(config.times) }),
});
const plugins = [greeting, polyglot];
const hi = { type: greeting, module, name, label: "en", config: { word: "hi" } };

onEveryDatabase((home) => {
  const add = (plugbay: Plugbay, label: string, config: JsonValue = { word: label }) =>
    plugbay.control.createItem({ ...hi, label, config }, by);

  /** Runs an action that must be refused, and makes sure that it wrote nothing. */
  async function refused(action: () => Promise<unknown>, error: new (...args: never[]) => Error) {
    const before = await home.rows();
    await expect(action()).rejects.toThrow(error);
    expect(await home.rows()).toEqual(before);
  }

  test("a plugin whose schema wants something gets no item by itself, and others get theirs", async () => {
    const kind = definePlugin(greeting, {
      module,
      name: "kind",
      config: z.object({ word: z.string().default("hello") }),
      create: ({ config }) => ({ greet: () => config.word }),
    });
    const slow = definePlugin(greeting, {
      module,
      name: "slow",
      config: z.object({ word: z.string() }).refine(async () => true),
      create: ({ config }) => ({ greet: () => config.word }),
    });
    const plugbay = await home.open([...plugins, kind, slow, alice]);
    expect(plugbay.items(greeting).map((item) => item.name)).toEqual(["kind", "alice"]);
    expect(plugbay.getAll(greeting).map((greeter) => greeter.greet())).toEqual(["hello", "alice"]);
    expect(await plugbay.sync({ mode: "update", prune: true })).toMatchObject({ itemsCreated: 0 });
  });

  test.each(Object.entries(schemas))(
    "items of one plugin serve by their own configs (%s)",
    async (_, config) => {
      const plugin = definePlugin(greeting, {
        module,
        name,
        config,
        create: ({ config: { word, times } }) => ({ greet: () => word.repeat(times) }),
      });
      const plugbay = await home.open([greeting, plugin]);
      expect(plugbay.get(greeting)).toBeUndefined();
      const en = await add(plugbay, "en", { word: "hi" });
      const fr = await add(plugbay, "fr", { word: "bon", times: 2 });
      expect(plugbay.getById(greeting, en.id)?.greet()).toBe("hi");
      expect(plugbay.getById(greeting, fr.id)?.greet()).toBe("bonbon");
      await refused(() => add(plugbay, "de", { word: 1 }), InvalidConfigError);
      await refused(() => add(plugbay, "de", { word: "hallo", tone: "loud" }), InvalidConfigError);
      await refused(() => plugbay.control.updateItem(en.id, { config: {} }, by), InvalidConfigError);
      expect(plugbay.getById(greeting, en.id)?.greet()).toBe("hi");
    },
  );

  test("a new item has what was given, and the plugin's status and priority otherwise", async () => {
    const eager = definePlugin(greeting, {
      ...{ module, name: "eager", priority: 7, status: "reserve" },
      config: schemas.zod,
      create: () => ({ greet: () => "" }),
    });
    const plugbay = await home.open([...plugins, eager]);
    expect(await plugbay.control.createItem({ ...hi, name: "eager" }, by)).toMatchObject({
      ...{ module, name: "eager", label: "en", status: "reserve", priority: 7, description: "" },
      ...{ config: { word: "hi" }, configVersion: 1, version: 1, readiness: { kind: "ready" } },
    });
    const given = { status: "disable", priority: -3, description: "in English" } as const;
    expect(await plugbay.control.createItem({ ...hi, ...given }, by)).toMatchObject(given);
    const [entry] = await plugbay.control.history({ limit: 1 });
    expect(entry).toMatchObject({ action: "create", actor: "operator", after: { label: "en", ...given } });
  });

  test("labels are unique within a plugin, compared exactly, and retired items keep theirs", async () => {
    const plugbay = await home.open(plugins);
    const en = await add(plugbay, "en");
    const fr = await add(plugbay, "fr");
    await add(plugbay, "EN");
    await refused(() => add(plugbay, "en"), LabelTakenError);
    await refused(() => plugbay.control.updateItem(fr.id, { label: "en" }, by), LabelTakenError);
    await refused(() => plugbay.control.duplicateItem(fr.id, { label: "en" }, by), LabelTakenError);
    await plugbay.control.retire([en.id], by);
    await refused(() => add(plugbay, "en"), LabelTakenError);
    const both = [en, fr].map(({ id }) => ({ id, label: "nl" }));
    await refused(() => plugbay.control.updateItems(both, by), LabelTakenError);
    expect(await plugbay.control.updateItem(fr.id, { label: "fr-be" }, by)).toMatchObject({ label: "fr-be" });
    await plugbay.control.restore([en.id], by);
    expect(plugbay.items(greeting).map(({ label }) => label)).toEqual(["EN", "en", "fr-be"]);
  });

  test.each(["", " en", "a\u0000b", "x".repeat(101)])("the label %j is refused", async (label) => {
    const plugbay = await home.open(plugins);
    const en = await add(plugbay, "en");
    await refused(() => add(plugbay, label, { word: "hi" }), InvalidNameError);
    await refused(() => plugbay.control.updateItem(en.id, { label }, by), InvalidNameError);
    await refused(() => plugbay.control.duplicateItem(en.id, { label }, by), InvalidNameError);
  });

  test("a copy is disabled, and then goes its own way", async () => {
    const plugbay = await home.open(plugins);
    const en = await plugbay.control.createItem({ ...hi, priority: 4, description: "English" }, by);
    const copy = await plugbay.control.duplicateItem(en.id, { label: "en-gb" }, by);
    expect(copy).toMatchObject({ label: "en-gb", status: "disable", priority: 4, description: "English" });
    await plugbay.control.updateItem(copy.id, { config: { word: "hullo" }, status: "active" }, by);
    expect(plugbay.getById(greeting, copy.id)?.greet()).toBe("hullo");
    expect(plugbay.getById(greeting, en.id)?.greet()).toBe("hi");
    const third = await plugbay.control.duplicateItem(en.id, { label: "en-us", status: "active" }, by);
    expect(plugbay.getById(greeting, third.id)?.greet()).toBe("hi");
  });

  test("older and newer code know a new item as one of the plugin's, whoever adds it", async () => {
    const renamed = definePlugin(greeting, {
      ...{ module, name: "linguist", aliases: [name] },
      config: schemas.zod,
      create: ({ config }) => ({ greet: () => config.word }),
    });
    const older = await home.open(plugins);
    const en = await add(older, "en");
    const newer = await home.open([greeting, renamed]);
    const fr = await newer.control.createItem({ ...hi, name: "linguist", label: "fr" }, by);
    const nl = await newer.control.duplicateItem(en.id, { label: "nl", status: "active" }, by);
    const de = await add(older, "de");
    const be = await older.control.duplicateItem(fr.id, { label: "be", status: "active" }, by);
    await expect(add(older, "fr")).rejects.toThrow(LabelTakenError);
    await newer.refresh();
    for (const plugbay of [older, newer]) {
      const greetings = [en, fr, nl, de, be].map(({ id }) => plugbay.getById(greeting, id)?.greet());
      expect(greetings).toEqual(["en", "hi", "en", "de", "hi"]);
    }
    const { items } = await home.rows();
    expect(new Set(items.map((row) => row.name))).toEqual(new Set(["linguist"]));
    expect(items.map(({ aliases }) => aliases)).toEqual(items.map(() => [{ module, name }]));
    expect(await newer.sync({ prune: true })).toMatchObject({ itemsUpdated: 0, prunedItems: 0 });
  });

  test("a new item of a plugin without others has the former names that the code declares", async () => {
    const renamed = definePlugin(greeting, {
      ...{ module, name: "linguist", aliases: [name] },
      config: schemas.zod,
      create: ({ config }) => ({ greet: () => config.word }),
    });
    const newer = await home.open([greeting, renamed]);
    const { id } = await newer.control.createItem({ ...hi, name: "linguist" }, by);
    const older = await home.open(plugins);
    expect(older.getById(greeting, id)?.greet()).toBe("hi");
    expect(await older.sync({ prune: true })).toMatchObject({ itemsCreated: 0, prunedItems: 0 });
  });

  test("a schema that does not answer holds up neither a sync nor a save for ever", async () => {
    let isStuck = true;
    const stuck = definePlugin(greeting, {
      ...{ module, name: "stuck" },
      config: z
        .object({ word: z.string().default("") })
        .refine(() => new Promise<boolean>((resolve) => !isStuck && resolve(true))),
      create: ({ config }) => ({ greet: () => config.word }),
    });
    const options = { prepareTimeoutMs: 20 };
    await expect(home.open([greeting, stuck], options)).rejects.toThrow(SchemaTimeoutError);
    const plugbay = await home.open([greeting, stuck], { ...options, sync: false });
    await expect(plugbay.sync()).rejects.toThrow('the config schema of plugin "stuck"');
    isStuck = false;
    expect(await plugbay.sync()).toMatchObject({ itemsCreated: 1 });
    isStuck = true;
    await refused(() => add(plugbay, "en"), UnknownPluginError);
    const adding = () => plugbay.control.createItem({ ...hi, name: "stuck" }, by);
    await refused(adding, SchemaTimeoutError);
  });

  test("a config that stays the same writes nothing and keeps the instance", async () => {
    const plugbay = await home.open(plugins);
    const en = await add(plugbay, "en");
    const instance = plugbay.get(greeting);
    const before = await home.rows();
    await plugbay.control.updateItem(en.id, { config: { word: "en" }, label: "en" }, by);
    expect(await home.rows()).toEqual(before);
    await plugbay.control.updateItem(en.id, { label: "english" }, by);
    expect(plugbay.get(greeting)).toBe(instance);
    await plugbay.control.updateItem(en.id, { config: { word: "hey" } }, by);
    expect(plugbay.get(greeting)?.greet()).toBe("hey");
  });

  test("two operators edit one config: the second is told, and nothing is lost", async () => {
    const one = await home.open(plugins);
    const other = await home.open(plugins);
    const { id, version } = await add(one, "en");
    await one.control.updateItem(id, { config: { word: "first" } }, { ...by, version });
    const late = () => other.control.updateItem(id, { config: { word: "second" } }, { ...by, version });
    await expect(late()).rejects.toThrow(ConflictError);
    await other.refresh();
    expect(other.get(greeting)?.greet()).toBe("first");
    const words = ["a", "b", "c", "d"].map((word) => ({ config: { word } }));
    await Promise.all(
      words.map((patch, index) => [one, other][index % 2]?.control.updateItem(id, patch, by)),
    );
    expect((await home.item(name)).version).toBe(version + 1 + words.length);
  });

  test("what has no schema, or is not registered here, takes no items and no configs", async () => {
    const plugbay = await home.open([greeting, polyglot, alice]);
    const en = await add(plugbay, "en");
    const [plain] = plugbay.items(greeting).filter((item) => item.name === "alice");
    const { control } = plugbay;
    await refused(() => control.createItem({ ...hi, name: "alice" }, by), NotConfigurableError);
    await refused(() => control.updateItem(plain?.id ?? "", { config: {} }, by), NotConfigurableError);
    await refused(() => control.updateItem(plain?.id ?? "", { label: "x" }, by), NotConfigurableError);
    await refused(() => control.createItem({ ...hi, name: "nobody" }, by), UnknownPluginError);
    await refused(() => control.createItem({ ...hi, type: greeterType("nothing") }, by), UnknownTypeError);
    const elsewhere = await home.open([greeting, alice]);
    await refused(
      () => elsewhere.control.updateItem(en.id, { config: { word: "x" } }, by),
      UnknownPluginError,
    );
    await refused(() => elsewhere.control.duplicateItem(en.id, { label: "x" }, by), UnknownPluginError);
    expect(await elsewhere.control.updateItem(en.id, { priority: 3 }, by)).toMatchObject({ priority: 3 });
  });

  test("rights hold for adding and configuring, before a schema is asked", async () => {
    const plugbay = await home.open(plugins);
    const en = await add(plugbay, "en");
    for (const rights of [{ access: "read" }, { access: "write", types: [] }] as const) {
      const control = plugbay.control.limitedTo(rights);
      await refused(() => control.createItem({ ...hi, config: { word: 1 } }, by), ForbiddenError);
      await refused(() => control.duplicateItem(en.id, { label: "x" }, by), ForbiddenError);
      await refused(() => control.updateItem(en.id, { config: { word: 1 } }, by), ForbiddenError);
    }
  });

  describe("a config is refused when it", () => {
    const nested = (depth: number): JsonValue => (depth === 0 ? 1 : { a: nested(depth - 1) });
    test.each<[string, unknown]>([
      ["is of 1 MB", { word: "x".repeat(1_000_000) }],
      ["is of 1 MB in small pieces", { word: "x", list: Array(300_000).fill("a") }],
      ["has __proto__", JSON.parse('{"word":"x","__proto__":{"times":9}}')],
      ["has __proto__ further down", JSON.parse('{"word":"x","deep":[{"__proto__":1}]}')],
      ["has constructor", { word: "x", constructor: { prototype: {} } }],
      ["has prototype", { word: "x", deep: { prototype: 1 } }],
      ["is a list", []],
      ["is a text", "word"],
      ["is a number that is none", { word: "x", times: Number.NaN }],
      ["has a BigInt", { word: "x", chat: 12345678901234567891n }],
      ["has a function", { word: () => "x" }],
      ["has a date", { word: new Date(0) }],
      ["goes round in a circle", circle()],
      ["is nested too deeply", { word: "x", deep: nested(100) }],
    ])("%s", async (_, config) => {
      const tolerant = definePlugin(greeting, {
        ...{ module, name },
        config: z.looseObject({ word: z.string() }),
        create: () => ({ greet: () => "" }),
      });
      const plugbay = await home.open([greeting, tolerant]);
      const en = await add(plugbay, "en");
      await refused(() => add(plugbay, "new", config as JsonValue), InvalidConfigError);
      const patch = { config: config as JsonValue };
      await refused(() => plugbay.control.updateItem(en.id, patch, by), InvalidConfigError);
    });
  });

  test("a BigInt in a config is refused by name", async () => {
    const plugbay = await home.open(plugins);
    const config = { word: "x", deep: [{ chat: 5n }] } as unknown as JsonValue;
    await expect(add(plugbay, "big", config)).rejects.toThrow(/deep\.0\.chat: is a BigInt/);
  });

  test("a config of 250 kB is kept to the letter", async () => {
    const plugbay = await home.open(plugins);
    const word = "é😀\u0001".repeat(20_000);
    const { id } = await add(plugbay, "long", { word });
    expect((await home.item(name)).config).toEqual({ word });
    expect(plugbay.getById(greeting, id)?.greet()).toBe(word);
  });

  test("issues say where they are", async () => {
    const plugbay = await home.open(plugins);
    const refusal = add(plugbay, "en", { word: 5 });
    await expect(refusal).rejects.toMatchObject({
      code: "INVALID_CONFIG",
      issues: [{ path: ["word"], message: expect.any(String) }],
    });
  });

  test("a schema that throws disables its item alone, and saves nothing", async () => {
    let isBroken = false;
    const config = z.object({ word: z.string() }).refine(() => {
      if (isBroken) throw new Error("the schema has a bug");
      return true;
    });
    const create = () => ({ greet: () => name });
    const plugbay = await home.open([
      greeting,
      alice,
      definePlugin(greeting, { module, name, config, create }),
    ]);
    const en = await add(plugbay, "en");
    isBroken = true;
    await refused(() => add(plugbay, "de"), InvalidConfigError);
    const later = await home.open([
      greeting,
      alice,
      definePlugin(greeting, { module, name, config, create }),
    ]);
    expect(later.get(greeting)?.greet()).toBe("alice");
    const failed = later.explain(greeting).find(({ item }) => item.id === en.id);
    expect(failed).toMatchObject({ reason: "failed", error: { name: "MisconfiguredError" } });
    expect(failed?.error?.message).toContain("the schema has a bug");
  });

  describe("an older config", () => {
    const create = ({ config: { word } }: { config: { word: string } }) => ({ greet: () => word });
    const second = definePlugin(greeting, {
      ...{ module, name, version: 2, create },
      config: z.strictObject({ word: z.string(), language: z.string() }),
      migrateConfig: (config, from) => {
        const { word } = config as { word: string };
        if (word === "bad") throw new Error("nobody knows its language");
        return { word: `${word} from ${from}`, language: "en" };
      },
    });

    test("is brought forward, and one that cannot be disables itself alone", async () => {
      const before = await home.open(plugins);
      const good = await add(before, "good");
      const bad = await add(before, "bad");
      const after = await home.open([greeting, second]);
      expect(after.getById(greeting, good.id)?.greet()).toBe("good from 1");
      expect(after.getById(greeting, bad.id)).toBeUndefined();
      const failed = after.explain(greeting).find(({ item }) => item.id === bad.id);
      expect(failed?.error?.message).toContain("nobody knows its language");
      // What is stored is as it was, until somebody saves it.
      expect(await home.rows()).toMatchObject({ items: [{ configVersion: 1 }, { configVersion: 1 }] });

      const config = { word: "better", language: "en" };
      expect(await after.control.updateItem(bad.id, { config }, by)).toMatchObject({ configVersion: 2 });
      expect(after.getById(greeting, bad.id)?.greet()).toBe("better");
    });

    test("that is newer than the code is refused by this code, and not touched", async () => {
      const after = await home.open([greeting, second]);
      const { id } = await add(after, "new", { word: "new", language: "en" });
      const before = await home.open(plugins);
      expect(before.explain(greeting)).toMatchObject([{ item: { id }, reason: "failed" }]);
      expect(before.explain(greeting)[0]?.error?.message).toContain("it is of version 2");
    });

    test("is copied as it is today", async () => {
      const before = await home.open(plugins);
      const { id } = await add(before, "good");
      const after = await home.open([greeting, second]);
      const copy = await after.control.duplicateItem(id, { label: "copy", status: "active" }, by);
      expect(copy).toMatchObject({ configVersion: 2, config: { word: "good from 1", language: "en" } });
    });
  });
});

function circle(): unknown {
  const round: { word: string; self?: unknown } = { word: "x" };
  round.self = round;
  return round;
}
