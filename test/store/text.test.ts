import { expect, test } from "vitest";
import { greeter, greeterType } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const longest = {
  ASCII: "x".repeat(100),
  "letters of 2 bytes": "é".repeat(100),
  "letters of 3 bytes": "漢".repeat(100),
  "an emoji of 4 bytes": "🔌".repeat(100),
};

const distinct = {
  case: ["straße", "STRASSE", "Straße", "strasse"],
  accent: ["resume", "résumé", "resumé"],
  "Unicode normalization": ["\u00e9", "e\u0301", "\u212b", "\u00c5", "A\u030a"],
  "full and half width": ["a", "ａ", "ア", "ｱ"],
  "an invisible character": ["ab", "a\u200bb", "a\u00adb", "a\ufe0fb"],
  "emoji of the same collation weight": ["🍣", "🍺", "👍", "👍🏽"],
  "digits of several scripts": ["1", "１", "١", "¹"],
  "inner spaces": ["a b", "a  b", "a\u00a0b"],
  "the letters of one key joined": ["x-by-y", "x-by", "y"],
};

const awkward = [
  "it's",
  '"quoted"',
  "`back`",
  "100%",
  "under_score",
  "back\\slash",
  "trailing\\",
  "\\'; drop table plugbay_item; --",
  "x-by-y",
  "a,b",
  "{}",
  "$1",
  "?",
  ":name",
  "null",
  "مرحبا",
  "שָׁלוֹם",
  "नमस्ते",
  "👩‍👩‍👧‍👦",
];

onEveryDatabase((home) => {
  const storedNames = async () => (await home.rows()).items.map(({ name }) => name).sort();

  test.each(Object.entries(longest))(
    "names, modules and managers of 100 code points of %s are kept",
    async (_, name) => {
      const type = greeterType(name, { manager: name });
      const plugbay = await home.open([type, greeter(type, name, { module: name })], { namespace: name });
      expect(plugbay.get(type)?.greet()).toBe(name);
      const rows = await home.rows({ namespace: name });
      expect(rows.types).toMatchObject([{ manager: name, name }]);
      expect(rows.items).toMatchObject([{ module: name, name }]);
      expect(await plugbay.sync({ mode: "update", prune: true })).toMatchObject({
        itemsFound: 1,
        typesFound: 1,
      });
      await plugbay.control.updateItem(idOf(plugbay, name), { priority: 3 }, { actor: name.repeat(10) });
      expect(await plugbay.control.history({ limit: 1 })).toMatchObject([{ actor: name.repeat(10) }]);
    },
  );

  test.each(Object.entries(distinct))(
    "plugins whose names differ only in %s are different plugins",
    async (_, names) => {
      const type = greeterType("greeting");
      const plugins = names.map((name, priority) => greeter(type, name, { priority }));
      const plugbay = await home.open([type, plugins]);
      expect(plugbay.getAll(type).map((instance) => instance.greet())).toEqual(names);
      expect(await storedNames()).toEqual(names.toSorted());
      expect(await plugbay.sync({ prune: true })).toMatchObject({
        itemsFound: names.length,
        itemsCreated: 0,
      });
    },
  );

  test.each(Object.entries(distinct))(
    "types whose names differ only in %s are different types",
    async (_, names) => {
      const types = names.map((name) => greeterType(name));
      const plugbay = await home.open(types.map((type) => [type, greeter(type, `of ${type.name}`)]));
      for (const type of types) expect(plugbay.get(type)?.greet()).toBe(`of ${type.name}`);
      expect(await plugbay.sync({ prune: true })).toMatchObject({
        typesFound: names.length,
        itemsFound: names.length,
      });
    },
  );

  test("names that only a key joined of parts would mix up are different plugins", async () => {
    const type = greeterType("greeting");
    const pairs = [
      ["x-by-y", "z"],
      ["x", "y-by-z"],
      ["x/y", "z"],
      ["x", "y/z"],
      ["a:b", "c"],
      ["a", "b:c"],
    ] as const;
    const plugins = pairs.map(([module, name], priority) => greeter(type, name, { module, priority }));
    const plugbay = await home.open([type, plugins]);
    expect(plugbay.items(type).map(({ module, name }) => [module, name])).toEqual(pairs);
    expect(await plugbay.sync({ prune: true })).toMatchObject({ itemsFound: pairs.length, itemsCreated: 0 });
  });

  test("names and descriptions with characters that SQL or JSON care for come back as they were", async () => {
    const type = greeterType("greeting");
    const plugins = awkward.map((name) => greeter(type, name, { module: name, description: name }));
    const plugbay = await home.open([type, plugins]);
    const rows = (await home.rows()).items;
    expect(rows.map(({ name }) => name).sort()).toEqual(awkward.toSorted());
    for (const row of rows) expect(row).toMatchObject({ module: row.name, description: row.name });

    for (const text of awkward) {
      const item = await plugbay.control.updateItem(
        idOf(plugbay, text),
        { description: `${text}\n${text}\t` },
        { actor: text },
      );
      expect(item.description).toBe(`${text}\n${text}\t`);
      expect(await plugbay.control.history({ actor: text })).toMatchObject([
        { actor: text, before: { description: text }, after: { description: `${text}\n${text}\t` } },
      ]);
    }
  });

  test("the order of equal priorities is by code unit, whatever the database's collation", async () => {
    const type = greeterType("greeting");
    const names = ["b", "B", "a", "Z", "é", "z", "_", "🔌", "\uff21"];
    const plugbay = await home.open([type, names.map((name) => greeter(type, name))]);
    expect(plugbay.items(type).map(({ name }) => name)).toEqual(names.toSorted());
  });

  test("a description of 100 kB is kept, through sync, updates and history", async () => {
    const long = "Größe 🔌 \\ ' \" % ".repeat(5_000);
    expect(Buffer.byteLength(long)).toBeGreaterThan(100_000);
    const type = greeterType("greeting", { description: long });
    const plugbay = await home.open([type, greeter(type, "alice", { description: long })]);
    expect(await home.type("greeting")).toMatchObject({ description: long });
    expect(plugbay.items(type)).toMatchObject([{ description: long }]);

    await plugbay.control.updateItem(
      idOf(plugbay, "alice"),
      { description: `${long}!` },
      { actor: "operator" },
    );
    expect(await home.item("alice")).toMatchObject({ description: `${long}!` });
    expect(await plugbay.control.history({ limit: 1 })).toMatchObject([
      { before: { description: long }, after: { description: `${long}!` } },
    ]);
  });

  test("200 descriptions of 100 kB in one sync are kept", async () => {
    const type = greeterType("greeting");
    const long = "x".repeat(100_000);
    const plugins = Array.from({ length: 200 }, (_, index) =>
      greeter(type, `plugin ${index}`, { description: `${index} ${long}` }),
    );
    const plugbay = await home.open([type, plugins]);
    expect(plugbay.items(type)).toHaveLength(200);
    expect((await home.rows()).items.every(({ description }) => description.length > 100_000)).toBe(true);
  });

  test.each([
    {
      null: null,
      yes: true,
      no: false,
      zero: 0,
      half: 0.5,
      big: 9007199254740991,
      text: 'it\'s \\ "q" 🔌 \u2028',
    },
    ["a list", ["nested", { deep: [] }], {}],
    "only a string",
    17,
    false,
    { "key with 'quotes' and \\": { "": "empty key" } },
  ])("a config comes back as the JSON that it was: %j", async (config) => {
    const type = greeterType("greeting");
    const plugbay = await home.open([type, greeter(type, "alice")]);
    const store = await home.store();
    await store.write({ actor: "operator", source: "api" }, async (current) => {
      const [before] = await current.items([idOf(plugbay, "alice")]);
      if (before === undefined) throw new Error("the item is gone");
      return [{ entity: "item", action: "update", before, after: { ...before, config } }];
    });
    await plugbay.refresh();
    expect(plugbay.items(type)).toMatchObject([{ config, version: 2 }]);
    expect(await home.item("alice")).toMatchObject({ config });
    expect(await plugbay.control.history({ limit: 1 })).toMatchObject([
      { before: { config: null }, after: { config } },
    ]);
  });
});
