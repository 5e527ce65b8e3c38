import { createRegistry } from "plugbay";
import { describe, expect, test } from "vitest";
import { lostNames } from "../../src/selection/lost-names.ts";
import { emptySnapshot, succeed } from "../../src/selection/snapshot.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { itemRow, rows, typeRow } from "./rows.ts";

const registry = createRegistry([otp, senderPlugin("sms"), senderPlugin("mail")]);
const [sms, mail] = registry.plugins(otp);
const module = sms?.module ?? "";
const type = typeRow("otp", { manager: otp.manager, name: otp.name });
const item = itemRow("otp", "sms", { module });
const { snapshot } = succeed(
  emptySnapshot,
  rows(1, { types: [type, typeRow("foreign")], items: [item, itemRow("foreign", "fax")] }),
);
const lost = (parts: Parameters<typeof rows>[1]) => lostNames(snapshot, rows(2, parts), registry);
const retiredAt = "2030-01-01T00:00:00.000Z";

describe("a name of this code is lost", () => {
  test("where a type has one that the code does not know", () => {
    const named = { ...type, name: "code" };
    expect(lost({ types: [named] })).toEqual([
      { entity: "type", id: type.id, former: otp.name, name: "code" },
    ]);
    expect(lost({ types: [{ ...named, retiredAt }] })).toEqual([]);
  });

  test("where an item has one that the code does not know", () => {
    const entry = { entity: "item", id: item.id, former: `${module}/sms` };
    expect(lost({ items: [{ ...item, name: "text" }] })).toEqual([{ ...entry, name: `${module}/text` }]);
    expect(lost({ items: [{ ...item, module: "apps/other" }] })).toEqual([
      { ...entry, name: "apps/other/sms" },
    ]);
    expect(lost({ items: [{ ...item, name: "text", retiredAt }] })).toEqual([]);
  });

  test("by the type alone where that is renamed, though its items change, too", () => {
    const changed = lost({ types: [{ ...type, name: "code" }], items: [{ ...item, priority: 3 }] });
    expect(changed.map(({ entity }) => entity)).toEqual(["type"]);
  });

  test("where the type of an item is renamed along with it", () => {
    const changed = lost({ types: [{ ...type, name: "code" }], items: [{ ...item, name: "text" }] });
    expect(changed.map(({ entity }) => entity)).toEqual(["type", "item"]);
  });

  test("where an item comes to a type that is new, and not where its type is not there", () => {
    const moved = { ...item, typeId: "type new", name: "text" };
    const entry = { entity: "item", id: item.id, former: `${module}/sms`, name: `${module}/text` };
    expect(lost({ types: [typeRow("new")], items: [moved] })).toEqual([entry]);
    expect(lost({ items: [moved] })).toEqual([]);
  });
});

test("no name is lost where the code knows the new one, knew none, or where none changed", () => {
  expect(lost({ items: [{ ...item, name: mail?.name ?? "" }] })).toEqual([]);
  expect(lost({ types: [type], items: [{ ...item, priority: 3 }] })).toEqual([]);
  expect(lost({ types: [typeRow("new")], items: [itemRow("otp", "push", { module })] })).toEqual([]);
  expect(lost({ types: [{ ...typeRow("foreign"), name: "other" }] })).toEqual([]);
  expect(lost({ items: [itemRow("foreign", "fax", { name: "telex" })] })).toEqual([]);
});
