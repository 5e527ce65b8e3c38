import { expect, test } from "vitest";
import { hashOfId } from "../../src/definition/hash-text.ts";
import type { PluginItem } from "../../src/definition/plugin-item.ts";
import { Slot } from "../../src/instances/slot.ts";
import { SlotTable } from "../../src/instances/slot-table.ts";
import { senderPlugin } from "../definition/otp.ts";

const plugin = senderPlugin("sms");
// The table reads nothing of an item but its id.
const slotOf = (id: string): Slot => new Slot(plugin, { id } as PluginItem, undefined);

/** The place that an id leads to, of the 16 that a table has at first. */
const placeOf = (id: string): number => hashOfId(id) & 15;

/** Ids that lead to these places, no two the same. */
function idsFor(places: readonly number[]): string[] {
  const found: string[] = [];
  for (let number = 0; found.length < places.length; number += 1) {
    const id = `item-${number}`;
    if (placeOf(id) === places[found.length]) found.push(id);
  }
  return found;
}

function fill(ids: readonly string[]) {
  const table = new SlotTable();
  const slots = new Map(ids.map((id) => [id, slotOf(id)]));
  for (const slot of slots.values()) table.set(slot);
  return { table, slots };
}

/** All that a table is asked, at once. */
function compare(table: SlotTable, slots: ReadonlyMap<string, Slot>): void {
  for (const [id, slot] of slots) {
    if (table.get(id) !== slot || table.having(slot.item) !== slot) throw new Error(`"${id}" is not found`);
  }
  expect(new Set(table.values())).toEqual(new Set(slots.values()));
}

const edges = [14, 15, 0, 1];
const places = edges.flatMap((first) =>
  edges.flatMap((second) => edges.flatMap((third) => edges.map((fourth) => [first, second, third, fourth]))),
);

test.each([0, 1, 2])("slots that meet in a place are found when that of number %i is gone", (gone) => {
  for (const each of places) {
    const ids = idsFor(each);
    const { table, slots } = fill(ids);
    const id = ids[gone] as string;
    table.delete(id);
    slots.delete(id);
    if (table.get(id)) throw new Error(`"${id}" is still there, of ${each}`);
    compare(table, slots);
  }
});

test("a slot takes the place of the one of its item, which is found no more", () => {
  const { table, slots } = fill(["a", "b"]);
  const before = slots.get("a") as Slot;
  const after = slotOf("a");
  table.set(after);
  compare(table, slots.set("a", after));
  expect(table.having(before.item)).toBeUndefined();
});

test("what is not there can be taken out, and is not found", () => {
  const { table, slots } = fill(["a"]);
  table.delete("b");
  compare(table, slots);
  expect(table.get("b")).toBeUndefined();
  expect(table.having(slotOf("a").item)).toBeUndefined();
});

test("a table grows for as many as come, and finds those that stay when most have gone", () => {
  const ids = Array.from({ length: 60 }, (_, number) => `item-${number}`);
  const { table, slots } = fill(ids);
  compare(table, slots);
  for (const id of ids.slice(4)) {
    table.delete(id);
    slots.delete(id);
    compare(table, slots);
  }
});

test("a table that is emptied again and again takes new slots", () => {
  const table = new SlotTable();
  for (let times = 0; times < 9; times += 1) {
    const slot = slotOf(`item-${times}`);
    table.set(slot);
    compare(table, new Map([[slot.item.id, slot]]));
    table.delete(slot.item.id);
    compare(table, new Map());
    table.delete("nothing");
  }
});

test("what was taken out without being there makes no room that is not there", () => {
  const { table, slots } = fill([]);
  for (let times = 0; times < 40; times += 1) table.delete(`item-${times}`);
  for (let number = 0; number < 20; number += 1) {
    const slot = slotOf(`item-${number}`);
    table.set(slot);
    slots.set(slot.item.id, slot);
  }
  compare(table, slots);
});
