import { describe, expect, test } from "vitest";
import { differences } from "../../src/selection/differences.ts";
import { emptySnapshot, succeed } from "../../src/selection/snapshot.ts";
import { succeedFull } from "../../src/selection/succeed-full.ts";
import type { ItemRow, TypeRow } from "../../src/store/rows.ts";
import { itemRow, rows, typeRow } from "./rows.ts";

const later = "2030-02-01T00:00:00.000Z";
const hold = { reason: "maintenance", by: "sara", since: later, until: "2030-03-01T00:00:00.000Z" };
const lead = { by: "sara", since: later, until: "2030-03-01T00:00:00.000Z" };
const alias = { module: "apps/channels", name: "text" };

const types = [
  typeRow("otp", { aliases: [{ manager: "apps/otp", name: "code" }] }),
  typeRow("gateway"),
  typeRow("empty"),
];
const items = [
  itemRow("otp", "sms", { config: { sender: "Example" }, hold, lead, aliases: [alias] }),
  itemRow("otp", "mail"),
  itemRow("gateway", "stripe"),
];
const all = rows(3, { types, items });
const { snapshot } = succeed(emptySnapshot, all);

/** Read anew, so that nothing is the very same object. */
const read = () => structuredClone({ types, items });

describe("rows of the snapshot's revision that were edited by hand", () => {
  test("are none where all say what the snapshot says, in whatever order they come", () => {
    expect(differences(snapshot, all)).toBeUndefined();
    const { types, items } = read();
    expect(
      differences(snapshot, rows(3, { types: types.toReversed(), items: items.toReversed() })),
    ).toBeUndefined();
  });

  const itemEdits: { readonly [Field in keyof ItemRow]?: ItemRow[Field] } = {
    typeId: "type gateway",
    module: "apps/other",
    name: "text",
    label: "NL",
    aliases: [alias, { module: "apps/channels", name: "message" }],
    status: "reserve",
    priority: 1,
    description: "By text message",
    config: { sender: "Other" },
    configVersion: 2,
    managed: "bootstrap" as ItemRow["managed"],
    version: 2,
    revision: 2,
    retiredAt: later,
    retiredBy: "operator",
    createdAt: later,
    updatedAt: later,
  };

  test.each(Object.entries(itemEdits))(
    "are an item whose %s alone was edited, and no others",
    (field, value) => {
      const { types, items } = read();
      const edited = { ...(items[0] as ItemRow), [field]: value };
      expect(differences(snapshot, rows(3, { types, items: [edited, ...items.slice(1)] }))).toEqual({
        ...all,
        types: [],
        items: [edited],
        purged: [],
      });
    },
  );

  test.each([
    ["a hold that was taken away", { hold: null }],
    ["another reason of a hold", { hold: { ...hold, reason: "credit" } }],
    ["another end of a hold", { hold: { ...hold, until: "2030-04-01T00:00:00.000Z" } }],
    ["another author of a hold", { hold: { ...hold, by: "omid" } }],
    ["another beginning of a hold", { hold: { ...hold, since: "2030-02-02T00:00:00.000Z" } }],
    ["a lead that was taken away", { lead: null }],
    ["another end of a lead", { lead: { ...lead, until: "2030-04-01T00:00:00.000Z" } }],
    ["another author of a lead", { lead: { ...lead, by: "omid" } }],
    ["another beginning of a lead", { lead: { ...lead, since: "2030-02-02T00:00:00.000Z" } }],
    ["no aliases any more", { aliases: undefined }],
  ])("are an item with %s", (_, patch: Partial<ItemRow>) => {
    const { types, items } = read();
    const edited = { ...(items[0] as ItemRow), ...patch };
    expect(differences(snapshot, rows(3, { types, items: [edited, ...items.slice(1)] }))?.items).toEqual([
      edited,
    ]);
  });

  test("are an item that came to be held or to lead", () => {
    for (const patch of [{ hold }, { lead }]) {
      const { types, items } = read();
      const edited = { ...(items[1] as ItemRow), ...patch };
      const changed = differences(snapshot, rows(3, { types, items: [items[0] as ItemRow, edited] }));
      expect(changed?.items).toEqual([edited]);
      expect(changed?.purged).toEqual(["item stripe"]);
    }
  });

  const typeEdits: { readonly [Field in keyof TypeRow]?: TypeRow[Field] } = {
    manager: "apps/other",
    name: "code",
    aliases: [{ manager: "apps/otp", name: "former" }],
    description: "One-time passwords",
    revision: 2,
    retiredAt: later,
    createdAt: later,
    updatedAt: later,
  };

  test.each(Object.entries(typeEdits))(
    "are a type whose %s alone was edited, and no items",
    (field, value) => {
      const { types, items } = read();
      const edited = { ...(types[0] as TypeRow), [field]: value };
      expect(differences(snapshot, rows(3, { types: [edited, ...types.slice(1)], items }))).toEqual({
        ...all,
        types: [edited],
        items: [],
        purged: [],
      });
    },
  );

  test("are an item and a type that were added", () => {
    const { types, items } = read();
    const type = typeRow("notifier");
    const item = itemRow("notifier", "push");
    expect(differences(snapshot, rows(3, { types: [...types, type], items: [...items, item] }))).toEqual({
      ...all,
      types: [type],
      items: [item],
      purged: [],
    });
  });

  test("are, as purged, an item and a type that were deleted", () => {
    const { types, items } = read();
    expect(differences(snapshot, rows(3, { types, items: items.slice(1) }))).toEqual({
      ...all,
      types: [],
      items: [],
      purged: ["item sms"],
    });
    expect(differences(snapshot, rows(3, { types: types.slice(0, 2), items }))).toEqual({
      ...all,
      types: [],
      items: [],
      purged: ["type empty"],
    });
  });
});

describe("the snapshot after all rows were read", () => {
  test("lists nothing as changed where they say the same, and shares its types", () => {
    const { snapshot: next, ...changes } = succeedFull(snapshot, rows(4, read()));
    expect(changes).toEqual({
      changedTypes: new Set(),
      purgedTypes: new Set(),
      changedItems: [],
      goneItems: [],
    });
    expect(next.revision).toBe(4);
    for (const [id, type] of snapshot.types) expect(next.types.get(id)).toBe(type);
  });

  test("lists what was edited, and what is gone", () => {
    const { types, items } = read();
    const edited = { ...(items[1] as ItemRow), priority: 7 };
    const next = succeedFull(snapshot, rows(3, { types, items: [items[0] as ItemRow, edited] }));
    expect(next.changedItems.map(({ id, priority }) => [id, priority])).toEqual([["item mail", 7]]);
    expect(next.goneItems).toEqual(["item stripe"]);
    expect(next.changedTypes).toEqual(new Set(["type otp", "type gateway"]));
  });
});
