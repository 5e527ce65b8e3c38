import fc from "fast-check";
import { expect, test } from "vitest";
import { compareItems } from "../../src/selection/order.ts";
import { emptySnapshot, type Snapshot, succeed, typeOfItem } from "../../src/selection/snapshot.ts";
import { succeedFull } from "../../src/selection/succeed-full.ts";
import { type ItemRow, noRows, type Rows, type TypeRow } from "../../src/store/rows.ts";
import { itemRow, typeRow } from "../selection/rows.ts";

const typeIds = ["type a", "type b", "type c", "type d"];
const names = ["otp", "code", "sms"];

const type = fc.record({
  id: fc.constantFrom(...typeIds),
  name: fc.constantFrom(...names),
  manager: fc.constantFrom("apps/otp", "apps/shop"),
  description: fc.constantFrom("", "New"),
  aliases: fc.constantFrom(undefined, [{ manager: "apps/otp", name: "former" }]),
});

const item = fc.record({
  id: fc.integer({ min: 0, max: 12 }).map((number) => `item ${number}`),
  typeId: fc.constantFrom(...typeIds, "unknown"),
  module: fc.constantFrom("apps/one", "apps/two"),
  name: fc.constantFrom(...names),
  label: fc.constantFrom("", "eu"),
  aliases: fc.constantFrom(undefined, [{ module: "apps/one", name: "former" }]),
  status: fc.constantFrom("active" as const, "reserve" as const, "disable" as const),
  priority: fc.integer({ min: 0, max: 2 }),
  retiredAt: fc.constantFrom(null, "2030-01-01T00:00:00.000Z"),
  config: fc.constantFrom(null, { key: 1 }, { key: 2 }),
});

const step = fc.record({
  types: fc.uniqueArray(type, { selector: ({ id }) => id, maxLength: 3 }),
  items: fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 6 }),
  purged: fc.subarray([...typeIds, ...Array.from({ length: 13 }, (_, number) => `item ${number}`)], {
    maxLength: 3,
  }),
  /** Whether all rows are read, as when they are compared with what was edited by hand. */
  isFull: fc.boolean(),
});

/** The rows of a database as plain maps. */
class Tables {
  types = new Map<string, TypeRow>();
  items = new Map<string, ItemRow>();

  /** Makes the changes, and tells them as a reader of changes would. */
  apply(
    revision: number,
    { types, items, purged }: typeof step extends fc.Arbitrary<infer T> ? T : never,
  ): Rows {
    const changed = {
      types: types.map(({ name, ...row }) => typeRow(name, { ...row, revision })),
      items: items.map(({ typeId, name, ...row }) => itemRow("", name, { ...row, typeId, revision })),
    };
    for (const row of changed.types) this.types.set(row.id, row);
    for (const row of changed.items) this.items.set(row.id, row);
    const isChanged = new Set([...types, ...items].map(({ id }) => id));
    const gone = purged.filter((id) => !isChanged.has(id));
    for (const id of gone) {
      this.types.delete(id);
      this.items.delete(id);
    }
    // The database has no items without a type: strays are told of and not kept.
    for (const [id, row] of this.items) if (!this.types.has(row.typeId)) this.items.delete(id);
    return { ...noRows, ...changed, revision, purged: gone };
  }

  all(revision: number): Rows {
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    return {
      ...noRows,
      revision,
      types: [...this.types.values()].sort(byId),
      items: [...this.items.values()].sort(byId),
    };
  }
}

/** All that a snapshot says, in an order of its own. */
const contents = (snapshot: Snapshot) => ({
  revision: snapshot.revision,
  types: [...snapshot.types].sort(([one], [other]) => (one < other ? -1 : 1)),
  items: [...snapshot.items].sort(([one], [other]) => (one < other ? -1 : 1)),
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

        const isSame = ([id, item]: readonly [string, unknown]) => before.item(id) === item;
        expect(new Set(after.changedItems)).toEqual(
          new Set([...snapshot.items].filter((entry) => !isSame(entry)).map(([, item]) => item)),
        );
        expect(new Set(after.goneItems)).toEqual(
          new Set([...before.items.keys()].filter((id) => !snapshot.items.has(id))),
        );
        const gone = [...before.types.keys()].filter((id) => !snapshot.types.has(id));
        expect(after.purgedTypes).toEqual(new Set(gone));
        for (const [id, type] of snapshot.types) {
          expect(type.items).toEqual([...type.items].sort(compareItems));
          expect(new Set(type.byName)).toEqual(new Set(type.items));
          if (!after.changedTypes.has(id)) expect(type).toBe(before.types.get(id));
          for (const item of type.items) {
            expect(snapshot.item(item.id)).toBe(item);
            expect(typeOfItem(snapshot, item)).toBe(type);
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
