import { describe, expect, test } from "vitest";
import { overviewOf, typesInUse } from "../../src/control/list/list-types.ts";
import { emptySnapshot, succeed } from "../../src/selection/snapshot.ts";
import { itemRow, rows, typeRow } from "../selection/rows.ts";

const retired = { retiredAt: "2030-01-01T00:00:00.000Z" };

describe("the list of types", () => {
  test("counts the items in each status, and the retired ones apart from their status", () => {
    const { snapshot } = succeed(
      emptySnapshot,
      rows(1, {
        types: [typeRow("otp", { description: "Codes" }), typeRow("idle")],
        items: [
          itemRow("otp", "a"),
          itemRow("otp", "b"),
          itemRow("otp", "c", { status: "reserve" }),
          itemRow("otp", "d", { status: "disable" }),
          itemRow("otp", "e", retired),
          itemRow("otp", "f", { ...retired, status: "disable" }),
        ],
      }),
    );
    expect(typesInUse(snapshot).map(overviewOf)).toEqual([
      {
        id: "type idle",
        manager: "apps/otp",
        name: "idle",
        description: "",
        counts: { active: 0, reserve: 0, disable: 0, retired: 0 },
      },
      {
        id: "type otp",
        manager: "apps/otp",
        name: "otp",
        description: "Codes",
        counts: { active: 2, reserve: 1, disable: 1, retired: 2 },
      },
    ]);
  });

  test("is in the order of managers and names, without the retired", () => {
    const types = [
      typeRow("b", { manager: "m" }),
      typeRow("a", { manager: "n" }),
      typeRow("a", { id: "m a", manager: "m" }),
      typeRow("gone", retired),
    ];
    const { snapshot } = succeed(emptySnapshot, rows(1, { types }));
    expect(typesInUse(snapshot).map(({ row: { manager, name } }) => `${manager} ${name}`)).toEqual([
      "m a",
      "m b",
      "n a",
    ]);
  });
});
