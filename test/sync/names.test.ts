import { describe, expect, test } from "vitest";
import { PairMap } from "../../src/definition/pair-map.ts";
import type { ItemRow, TypeRow } from "../../src/store/rows.ts";
import { formerNames } from "../../src/sync/former-names.ts";
import { nameItem, nameType } from "../../src/sync/name-rows.ts";
import { addPaddedItems, addPaddedTypes } from "../../src/sync/padded-rows.ts";
import { itemRow, typeRow } from "../selection/rows.ts";

describe("the former names of a new row", () => {
  const declared = [
    { module: "apps/one", name: "a" },
    { module: "apps/one", name: "b" },
  ];

  test("are those that no row has, whatever other names it has in common", () => {
    expect(formerNames(declared, [])).toEqual(declared);
    expect(formerNames(declared, [{}, { aliases: [{ module: "apps/two", name: "a" }] }])).toEqual(declared);
    const taken = {
      aliases: [
        { module: "apps/x", name: "x" },
        { module: "apps/one", name: "a" },
      ],
    };
    expect(formerNames(declared, [taken])).toEqual([declared[1]]);
  });

  test("are undefined where none is left", () => {
    expect(formerNames([], [])).toBeUndefined();
    expect(formerNames(declared, [{ aliases: declared }])).toBeUndefined();
  });
});

describe("a row under its name in this code", () => {
  const never = () => false;
  const type = typeRow("otp");
  const item = itemRow("otp", "sms");

  test("is the same where it has it already, and no other names", () => {
    expect(nameType(type, type, never)).toBe(type);
    expect(nameItem(item, item, never)).toBe(item);
  });

  test("keeps the former name, after those that it had", () => {
    const aliases = [{ manager: "apps/a", name: "a" }];
    for (const name of [
      { manager: "apps/otp", name: "code" },
      { manager: "apps/new", name: "otp" },
    ]) {
      expect(nameType({ ...type, aliases }, name, never)).toEqual({
        ...type,
        ...name,
        aliases: [...aliases, { manager: "apps/otp", name: "otp" }],
      });
    }
    for (const name of [
      { module: "apps/channels", name: "text" },
      { module: "apps/new", name: "sms" },
    ]) {
      expect(nameItem(item, name, never)).toEqual({
        ...item,
        ...name,
        aliases: [{ module: "apps/channels", name: "sms" }],
      });
    }
  });

  test("is without other names that are taken, also where it is not renamed", () => {
    const aliases = [
      { manager: "apps/a", name: "a" },
      { manager: "apps/b", name: "b" },
    ];
    expect(nameType({ ...type, aliases }, type, ({ name }) => name === "a").aliases).toEqual([aliases[1]]);
    const modules = [
      { module: "apps/a", name: "a" },
      { module: "apps/b", name: "b" },
    ];
    expect(nameItem({ ...item, aliases: modules }, item, ({ name }) => name === "a").aliases).toEqual([
      modules[1],
    ]);
  });

  test("does not keep what is no name", () => {
    for (const patch of [{ name: " otp" }, { manager: " apps" }]) {
      const renamed = nameType({ ...type, ...patch }, { manager: "apps/otp", name: "otp" }, never);
      expect(renamed.aliases).toEqual([]);
    }
    for (const patch of [{ name: "sms " }, { module: " apps" }]) {
      expect(
        nameItem({ ...item, ...patch }, { module: "apps/channels", name: "sms" }, never).aliases,
      ).toEqual([]);
    }
  });
});

describe("a row whose names have blanks at their ends", () => {
  test("is found as the type that was meant, unless there is one", () => {
    const padded = typeRow("otp", { name: "otp ", id: "padded" });
    const other = typeRow("mail", { manager: " apps/otp", id: "other" });
    const types = new PairMap<TypeRow>();
    addPaddedTypes(types, [padded, other, typeRow("plain")]);
    expect([...types.values()]).toEqual([padded, other]);
    expect(types.get("apps/otp", "otp")).toBe(padded);
    expect(types.get("apps/otp", "mail")).toBe(other);
    addPaddedTypes(types, [{ ...padded, id: "later" }]);
    expect(types.get("apps/otp", "otp")).toBe(padded);
  });

  test("is found among the items that were meant, unless one has its label", () => {
    const plain = itemRow("otp", "sms", { label: "NL" });
    const groups = new PairMap<ItemRow[]>();
    groups.set("apps/channels", "sms", [plain]);
    const padded = itemRow("otp", "sms ", { label: "DE" });
    const surplus = itemRow("otp", " sms", { label: "NL" });
    const fresh = itemRow("otp", "mail", { module: "apps/channels " });
    addPaddedItems(groups, [padded, surplus, fresh, itemRow("otp", "plain")]);
    expect(groups.get("apps/channels", "sms")).toEqual([plain, padded]);
    expect(groups.get("apps/channels", "mail")).toEqual([fresh]);
    expect([...groups.values()]).toHaveLength(2);
  });
});
