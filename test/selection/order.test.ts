import type { PluginItem } from "plugbay";
import { describe, expect, test } from "vitest";
import { compareItems } from "../../src/selection/order.ts";
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
