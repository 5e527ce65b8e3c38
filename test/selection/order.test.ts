import type { PluginItem } from "plugbay";
import { describe, expect, test } from "vitest";
import { compareInUse, compareItems, inOrder } from "../../src/selection/order.ts";
import { item } from "./rows.ts";

const names = (items: readonly PluginItem[]) => items.map(({ name }) => name);
const retired = { retiredAt: "2030-01-01T00:00:00.000Z" };

describe("items are listed", () => {
  test("active, reserve, disabled, retired, whatever their priorities", () => {
    const items = [
      item("retired", { ...retired, status: "active", priority: -9 }),
      item("disabled", { status: "disable", priority: -8 }),
      item("reserve", { status: "reserve", priority: -7 }),
      item("active", { priority: 9 }),
    ];
    expect(names(items.sort(compareItems))).toEqual(["active", "reserve", "disabled", "retired"]);
  });

  test("by priority, module, name and label", () => {
    const wanted = [
      item("z", { module: "z", priority: -1 }),
      item("z", { module: "a" }),
      item("a", { module: "b" }),
      item("b", { module: "b" }),
      item("b", { module: "b", label: "NL" }),
      item("a", { module: "a", priority: 1 }),
    ];
    expect(wanted.toReversed().sort(compareItems)).toEqual(wanted);
  });

  test("by code unit, not as a language sorts", () => {
    const wanted = ["A", "Z", "_", "a", "ab", "z", "ä", "ｚ"];
    expect(
      names(["ä", "z", "ab", "Z", "ｚ", "a", "_", "A"].map((name) => item(name)).sort(compareItems)),
    ).toEqual(wanted);
    // By code point the emoji would come last.
    expect(names([item("ｚ"), item("🔌")].sort(compareItems))).toEqual(["🔌", "ｚ"]);
  });

  test("in one order, in whatever order they came", () => {
    const items = ["a", "b"].flatMap((name) =>
      (["active", "reserve"] as const).flatMap((status) =>
        [0, 1].map((priority) => item(name, { status, priority, module: `m${priority}` })),
      ),
    );
    const sorted = items.toSorted(compareItems);
    for (let shift = 0; shift < items.length; shift += 1) {
      const rotated = [...items.slice(shift), ...items.slice(0, shift)];
      expect(rotated.sort(compareItems)).toEqual(sorted);
    }
  });
});

describe("items that lead", () => {
  const until = "2030-02-01T00:00:00.000Z";
  const since = (day: number) => ({ until, by: "sara", since: `2030-01-0${day}T00:00:00.000Z` });

  test("stand before the others, the one that was put first later before the other, retired ones at the end", () => {
    const items = [
      item("gone", { ...retired, lead: since(3) }),
      item("plain", { priority: -5 }),
      item("first", { priority: 5, lead: since(1) }),
      item("later", { status: "disable", priority: 9, lead: since(2) }),
    ];
    const wanted = ["later", "first", "plain", "gone"];
    expect(names(items.toSorted(compareItems))).toEqual(wanted);
    expect(names(items.toReversed().sort(compareItems))).toEqual(wanted);
  });
});

describe("items of which some that a sync retired are in use", () => {
  const items = [item("a", { priority: 2 }), item("b", retired), item("c", { ...retired, priority: -1 })];

  test("stand where their status and priority put them, and the others at the end", () => {
    expect(names(inOrder(items, ({ name }) => name === "c"))).toEqual(["b", "a", "c"]);
    expect(names(items.toSorted(compareInUse))).toEqual(["c", "b", "a"]);
  });

  test("in whatever order they come", () => {
    const inUse = item("in use", { ...retired, status: "reserve" });
    const wanted = [item("active"), inUse, item("disabled", { status: "disable" }), item("gone", retired)];
    const isRetired = ({ name }: PluginItem) => name === "gone";
    for (const items of [wanted, wanted.toReversed(), [...wanted.slice(2), ...wanted.slice(0, 2)]])
      expect(inOrder(items, isRetired)).toEqual(wanted);
  });

  test("are as they were where none is", () => {
    expect(inOrder(items, ({ retiredAt }) => retiredAt !== null)).toBe(items);
    expect(inOrder(items.slice(0, 1), () => false)).toHaveLength(1);
  });

  test("and of one name are told apart by their ids", () => {
    const [one, other] = [item("a", { id: "1" }), item("a", { id: "2" })];
    expect([other, one].sort(compareItems)).toEqual([one, other]);
    expect(compareItems(one, one)).toBe(0);
  });
});
