import type { PluginItem } from "plugbay";
import { describe, expect, test } from "vitest";
import { NameIndex } from "../../src/selection/name-index.ts";
import { compareItems } from "../../src/selection/order.ts";
import { isInUse } from "../../src/selection/retirement.ts";
import { takesArguments } from "../../src/selection/select.ts";
import { emptySnapshot, itemsNamed, succeed } from "../../src/selection/snapshot.ts";
import { isIn, mergeSorted } from "../../src/selection/sorted-items.ts";
import { TypeIndex } from "../../src/selection/type-index.ts";
import type { TypeRow } from "../../src/store/rows.ts";
import { otp } from "../definition/otp.ts";
import { item, itemRow, rows, typeRow } from "./rows.ts";

const many = Array.from({ length: 40 }, (_, priority) => item(`n${priority}`, { priority }));
const nothing: ReadonlySet<PluginItem> = new Set();

describe("a sorted list of items", () => {
  test.each([1, 8, 9, 20])("is sorted after %i items come and as many leave", (count) => {
    const [few, others] = [many.filter((_, at) => at % 2 === 0), many.filter((_, at) => at % 2 === 1)];
    const [leaving, coming] = [few.slice(-count), others.slice(0, count)];
    const wanted = [...few.filter((one) => !leaving.includes(one)), ...coming].sort(compareItems);
    const merged = mergeSorted(few, new Set(leaving), coming.toReversed(), compareItems);
    expect(merged).toEqual(wanted);
    expect(merged).toSatisfy(Object.isFrozen);
    expect(mergeSorted(few, nothing, coming, compareItems)).toEqual([...few, ...coming].sort(compareItems));
    expect(mergeSorted(few, new Set(leaving), [], compareItems)).toEqual(
      few.filter((one) => !leaving.includes(one)),
    );
  });

  test("has an item that is in it, and not another at the same place", () => {
    for (const one of many) expect(isIn(many, one, compareItems)).toBe(true);
    expect(isIn(many, item("n3", { priority: 3 }), compareItems)).toBe(false);
    expect(isIn([], item("n3"), compareItems)).toBe(false);
  });
});

describe("types by their names", () => {
  const of = (id: string, patch: Partial<TypeRow> = {}) => ({ row: typeRow("otp", { id, ...patch }) });

  test("give the one that was made last, where two have one name", () => {
    const [one, other, third] = [of("1"), of("2"), of("3", { manager: "apps/other" })];
    for (const order of [
      [one, other, third],
      [third, other, one],
    ]) {
      const index = TypeIndex.empty<(typeof order)[number]>().with(new Set(), order);
      expect(index.get("apps/otp", "otp")).toBe(other);
      expect(index.getAll("apps/otp", "otp")).toHaveLength(2);
      expect(index.get("apps/other", "otp")).toBe(third);
      expect(index.get("apps/otp", "other")).toBeUndefined();
      for (let number = 0; number < 50; number += 1) {
        expect(index.get(`apps/other ${number}`, "otp")).toBeUndefined();
      }
    }
  });
});

test("items by their names are those with the same name, module, label and type", () => {
  const all = [
    item("a"),
    item("a", { label: "NL" }),
    item("a", { module: "apps/b" }),
    item("b"),
    item("a", { id: "2" }),
  ];
  const index = NameIndex.empty.with(new Set(), all);
  const [a, labelled] = all as [PluginItem, PluginItem];
  expect(new Set(index.get(a.type, a))).toEqual(new Set([a, all[4]]));
  expect(index.get(labelled.type, labelled)).toEqual([labelled]);
  expect(index.get({ ...a.type, name: "other" }, a)).toEqual([]);
  // Some of them come upon items with other names.
  for (let number = 0; number < 50; number += 1) {
    const other = `other ${number}`;
    expect(index.get({ ...a.type, manager: other }, a)).toEqual([]);
    expect(index.get(a.type, { ...a, module: other })).toEqual([]);
  }
});

test("items of two types with one name, given by hand, are told apart", () => {
  const types = [typeRow("otp"), typeRow("otp", { id: "type other" })];
  const { snapshot } = succeed(
    emptySnapshot,
    rows(1, { types, items: [itemRow("otp", "sms"), itemRow("other", "sms", { id: "other" })] }),
  );
  const names = { module: "apps/channels", name: "sms", label: "" };
  for (const [id, wanted] of [
    ["type otp", "item sms"],
    ["type other", "other"],
  ] as const) {
    const type = snapshot.types.get(id);
    expect(type && itemsNamed(snapshot, type, names).map(({ id }) => id)).toEqual([wanted]);
  }
});

describe("an item of a snapshot", () => {
  const since = "2030-01-01T00:00:00.000Z";
  const hold = { reason: "broken", by: "sara", since };
  const lead = { until: "2030-02-01T00:00:00.000Z", by: "sara", since };
  const aliases = [{ module: "apps/old", name: "old" }];

  test("has a hold, a lead and aliases where its row has them, and else no such fields", () => {
    const extra = ["hold", "lead", "aliases"];
    const fields = (one: PluginItem) => Object.keys(one).filter((key) => extra.includes(key));
    expect(fields(item("a"))).toEqual([]);
    for (const patch of [{ hold }, { lead }, { aliases }, { hold, lead, aliases }]) {
      const one = item("a", patch);
      expect(one).toMatchObject(patch);
      expect(fields(one).sort()).toEqual(Object.keys(patch).sort());
      expect(one).toSatisfy(Object.isFrozen);
    }
  });

  test("has the words of the code, and its own description where that differs", () => {
    const words = { module: "apps/channels", name: "sms", description: "By SMS" };
    const read = (description: string) =>
      succeed(emptySnapshot, {
        ...rows(1, { types: [typeRow("otp")], items: [itemRow("otp", "sms", { description })] }),
        wordsOf: () => words,
      }).snapshot.item("item sms");
    expect(read("By SMS")?.description).toBe("By SMS");
    expect(read("Other")?.description).toBe("Other");
  });

  test("is gone where it was purged, and not where it changed or moved to another type", () => {
    const types = [typeRow("otp"), typeRow("gateway")];
    const items = [itemRow("otp", "sms"), itemRow("otp", "mail"), itemRow("otp", "fax")];
    const { snapshot } = succeed(emptySnapshot, rows(1, { types, items }));
    const next = succeed(
      snapshot,
      rows(2, { items: [itemRow("gateway", "sms")], purged: ["item mail", "item none"] }),
    );
    expect(next.goneItems).toEqual(["item mail"]);
    expect(next.changedTypes).toEqual(new Set(["type otp", "type gateway"]));
    expect(next.snapshot.types.get("type gateway")?.items.map(({ name }) => name)).toEqual(["sms"]);
    expect(next.snapshot.types.get("type otp")?.items.map(({ name }) => name)).toEqual(["fax"]);
  });
});

test("an item is in use where it is active, in reserve or leads, and is not retired", () => {
  expect(isInUse({ status: "active", retiredAt: null })).toBe(true);
  expect(isInUse({ status: "reserve", retiredAt: null })).toBe(true);
  expect(isInUse({ status: "disable", retiredAt: null })).toBe(false);
  expect(isInUse({ status: "active", retiredAt: "2030-01-01T00:00:00.000Z" })).toBe(false);
  const lead = { until: "2030-02-01T00:00:00.000Z", by: "sara", since: "2030-01-01T00:00:00.000Z" };
  expect(isInUse({ status: "disable", retiredAt: null, lead })).toBe(true);
});

test("a selector takes arguments where it declares more than the candidates", () => {
  expect(takesArguments(otp)).toBe(false);
  expect(takesArguments(otp.withSelector(({ active }) => active[0]))).toBe(false);
  expect(takesArguments(otp.withSelector(({ active }, _country: string) => active[0]))).toBe(true);
});
