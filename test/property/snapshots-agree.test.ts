import fc from "fast-check";
import { expect, test } from "vitest";
import { compareItems } from "../../src/selection/order.ts";
import { emptySnapshot, itemsNamed, type Snapshot, succeed } from "../../src/selection/snapshot.ts";
import { succeedFull } from "../../src/selection/succeed-full.ts";
import { step, Tables } from "./row-tables.ts";

/** All that a snapshot says, in an order of its own. */
const contents = (snapshot: Snapshot) => ({
  revision: snapshot.revision,
  types: [...snapshot.types].sort(([one], [other]) => (one < other ? -1 : 1)),
  items: [...snapshot.items].sort((one, other) => (one.id < other.id ? -1 : 1)),
  named: [...snapshot.types.values()].map(
    ({ row: { manager, name } }) => snapshot.byIdentity.get(manager, name)?.row.id,
  ),
});

const sorted = (snapshot: Snapshot) => {
  const { named, ...rest } = contents(snapshot);
  return { ...rest, named: named.sort() };
};

test("a snapshot that grew change by change is the one that all rows make, and tells exactly what changed", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const tables = new Tables();
      let snapshot = emptySnapshot;
      for (const [index, change] of steps.entries()) {
        const before = snapshot;
        const rows = tables.apply(index + 1, change);
        const all = tables.all(index + 1);
        const after = change.isFull ? succeedFull(before, all) : succeed(before, rows);
        snapshot = after.snapshot;
        expect(sorted(snapshot)).toEqual(sorted(succeed(emptySnapshot, all).snapshot));

        const changed = [...snapshot.items].filter((item) => before.item(item.id) !== item);
        expect(new Set(after.changedItems)).toEqual(new Set(changed));
        const left = [...before.items].filter(({ id }) => !snapshot.item(id));
        expect(new Set(after.goneItems)).toEqual(new Set(left.map(({ id }) => id)));
        const gone = [...before.types.keys()].filter((id) => !snapshot.types.has(id));
        expect(after.purgedTypes).toEqual(new Set(gone));
        for (const [id, type] of snapshot.types) {
          expect(type.items).toEqual([...type.items].sort(compareItems));
          if (!after.changedTypes.has(id)) expect(type).toBe(before.types.get(id));
          for (const item of type.items) {
            expect(snapshot.item(item.id)).toBe(item);
            expect(snapshot.types.get(item.typeId)).toBe(type);
            const { module, name, label } = item;
            const namesakes = type.items.filter(
              (other) => other.module === module && other.name === name && other.label === label,
            );
            expect(new Set(itemsNamed(snapshot, type, item))).toEqual(new Set(namesakes));
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("what was read again and says the same stays the very same", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
      const tables = new Tables();
      for (const [index, change] of steps.entries()) tables.apply(index + 1, change);
      const { snapshot } = succeed(emptySnapshot, tables.all(9));
      const again = structuredClone(tables.all(10));
      const { changedItems, goneItems, changedTypes, snapshot: after } = succeedFull(snapshot, again);
      expect([...changedItems, ...goneItems, ...changedTypes]).toEqual([]);
      expect(after.revision).toBe(10);
      for (const [id, type] of snapshot.types) expect(after.types.get(id)).toBe(type);
    }),
  );
});
