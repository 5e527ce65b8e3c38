import { createRegistry, definePlugin } from "plugbay";
import { describe, expect, test } from "vitest";
import { localRows } from "../../src/selection/local-rows.ts";
import { emptySnapshot, type Snapshot, succeed } from "../../src/selection/snapshot.ts";
import type { Rows } from "../../src/store/rows.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { schema } from "../definition/schema.ts";
import { itemRow, rows, typeRow } from "./rows.ts";

const card = definePlugin(otp, {
  name: "card",
  module: "apps/channels",
  create: () => new Sender("card"),
  config: schema(),
  secrets: ["token"],
} as never);
/** Code of an older version, that knows "otp" and "sms", which newer code has renamed. */
const registry = createRegistry([otp, senderPlugin("sms"), senderPlugin("mail"), card]);
const local = (parts: Partial<Rows>, before: Snapshot = emptySnapshot) =>
  localRows(rows(2, parts), registry, before);

const type = typeRow("otp");
const code = typeRow("otp", { name: "code", aliases: [{ manager: "apps/otp", name: "otp" }] });
const sms = { module: "apps/channels", name: "sms" };
const text = itemRow("otp", "text", { aliases: [{ module: "apps/old", name: "old" }, sms] });

describe("rows of newer code", () => {
  test("have the names that this code knows, and their own as another", () => {
    const { types, items, collisions } = local({ types: [code], items: [text] });
    expect(types).toEqual([{ ...code, name: "otp", aliases: [{ manager: "apps/otp", name: "code" }] }]);
    expect(items).toEqual([
      {
        ...text,
        ...sms,
        aliases: [
          { module: "apps/old", name: "old" },
          { module: "apps/channels", name: "text" },
        ],
      },
    ]);
    expect(collisions).toEqual([]);
  });

  test("keep all but one of the names that they had before", () => {
    const [old, former] = [
      { manager: "apps/old", name: "old" },
      { manager: "apps/otp", name: "otp" },
    ];
    const { types } = local({ types: [typeRow("otp", { name: "code", aliases: [old, former] })] });
    expect(types[0]).toMatchObject({ name: "otp", aliases: [old, { manager: "apps/otp", name: "code" }] });
  });

  test("keep a name that this code knows, or names of which it knows none", () => {
    const known = itemRow("otp", "mail", { aliases: [sms] });
    const strange = itemRow("otp", "fax", { aliases: [{ module: "apps/old", name: "old" }] });
    const types = [type, typeRow("strange", { aliases: [{ manager: "apps/a", name: "a" }] })];
    const result = local({ types, items: [known, strange, itemRow("otp", "push")] });
    expect(result.types).toEqual(types);
    expect(result.items).toEqual([known, strange, itemRow("otp", "push")]);
    expect(result.items[0]).toBe(known);
    expect(result.collisions).toEqual([]);
  });

  test("keep their names where their type is not there", () => {
    const lost = itemRow("gone", "text", { aliases: [sms], config: {} });
    expect(local({ items: [lost] }).items).toEqual([lost]);
  });

  test("have the names of this code also where their type was read before", () => {
    const { snapshot } = succeed(emptySnapshot, rows(1, { types: [type] }));
    expect(local({ items: [text] }, snapshot).items[0]).toMatchObject(sms);
  });

  test("keep their own names where others have theirs already", () => {
    const own = itemRow("otp", "sms");
    const { items, collisions } = local({ types: [type, { ...code, id: "type new" }], items: [own, text] });
    expect(items).toEqual([own, text]);
    expect(collisions).toEqual([
      { entity: "type", id: "type new", holder: "type otp" },
      { entity: "item", id: text.id, holder: own.id },
    ]);
  });

  test("give a name that two of them had to the one that was made first", () => {
    const [a, b] = ["a", "b"].map((id) => itemRow("otp", `text ${id}`, { id, aliases: [sms] }));
    for (const items of [
      [a, b],
      [b, a],
    ]) {
      const result = local({ types: [type], items: items as never });
      expect(result.items.find(({ id }) => id === "a")).toMatchObject(sms);
      expect(result.items.find(({ id }) => id === "b")).toBe(b);
      expect(result.collisions).toEqual([{ entity: "item", id: "b", holder: "a" }]);
    }
  });

  test("of one name under several labels or types are told apart", () => {
    const label = itemRow("otp", "sms", { id: "labelled", label: "NL" });
    const other = itemRow("other", "sms", { id: "other" });
    const result = local({ types: [type, typeRow("other")], items: [label, other, text] });
    expect(result.items[2]).toMatchObject(sms);
    expect(result.collisions).toEqual([]);
  });
});

describe("rows that come to a snapshot", () => {
  const { snapshot } = succeed(emptySnapshot, rows(1, { types: [type], items: [itemRow("otp", "sms")] }));

  test("keep their own names where its rows have theirs", () => {
    const result = local({ types: [{ ...code, id: "type new" }], items: [text] }, snapshot);
    expect(result.types[0]).toMatchObject({ name: "code" });
    expect(result.items).toEqual([text]);
    expect(result.collisions).toEqual([
      { entity: "type", id: "type new", holder: "type otp" },
      { entity: "item", id: text.id, holder: "item sms" },
    ]);
  });

  test("have them where such a row changes its name along with them", () => {
    const moved = itemRow("otp", "mail", { id: "item sms" });
    const result = local({ items: [moved, text] }, snapshot);
    expect(result.items).toEqual([moved, { ...text, ...sms, aliases: expect.any(Array) }]);
    expect(result.collisions).toEqual([]);
  });

  test("say which of its rows should not have its local name any more", () => {
    const renamed = succeed(emptySnapshot, local({ types: [type], items: [text] })).snapshot;
    const own = itemRow("otp", "sms", { id: "own" });
    expect(local({ items: [own] }, renamed).collisions).toEqual([
      { entity: "item", id: text.id, holder: "own" },
    ]);
    expect(local({ items: [own] }, snapshot).collisions).toEqual([]);
  });
});

test("secrets that only this code knows to be such are not shown", () => {
  const items = [
    itemRow("otp", "card", { config: { token: "plain", url: "https://example.com" } }),
    itemRow("otp", "mail", { config: { token: "none" } }),
    itemRow("otp", "none", { config: { token: "unknown" } }),
    itemRow("otp", "card", { id: "empty", label: "empty" }),
  ];
  const result = local({ types: [type], items });
  expect(result.items[0]?.config).toMatchObject({ token: { secret: "set" }, url: "https://example.com" });
  expect(result.items.slice(1)).toEqual(items.slice(1));
  expect(result.items[1]).toBe(items[1]);
  const { snapshot } = succeed(emptySnapshot, rows(1, { types: [type] }));
  expect(JSON.stringify(local({ items }, snapshot).items)).not.toContain("plain");
});

test("the words of an item are those of the code", () => {
  const { wordsOf } = local({ types: [type] });
  expect(wordsOf?.(type, itemRow("otp", "card"))).toBe(card);
});
