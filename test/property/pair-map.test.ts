import fc from "fast-check";
import { expect, test } from "vitest";
import { PairMap } from "../../src/definition/pair-map.ts";

// Parts that a joined key would mix up, and names that objects have by birth.
const part = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "a-by",
    "by-a",
    "a-by-a",
    "-by-",
    "__proto__",
    "constructor",
    "\0",
    "é",
    "e\u0301",
  ),
  fc.string({ maxLength: 3 }),
);
const entries = fc.array(fc.tuple(part, part, fc.integer()), { maxLength: 60 });

/** The same map as a list that is searched from its end. */
const lookUp = (list: readonly [string, string, number][], first: string, second: string) =>
  list.findLast(([one, other]) => one === first && other === second)?.[2];

test("a pair has the value that was last set for both of its parts", () => {
  fc.assert(
    fc.property(entries, entries, (list, others) => {
      const map = new PairMap<number>();
      for (const [first, second, value] of list) map.set(first, second, value);
      for (const [first, second] of [...list, ...others]) {
        expect(map.get(first, second)).toBe(lookUp(list, first, second));
        expect(map.has(first, second)).toBe(lookUp(list, first, second) !== undefined);
      }
    }),
  );
});

test("its values are one for each pair", () => {
  fc.assert(
    fc.property(entries, (list) => {
      const map = new PairMap<number>();
      for (const [first, second, value] of list) map.set(first, second, value);
      const pairs = new Map(list.map(([first, second, value]) => [JSON.stringify([first, second]), value]));
      expect([...map.values()].sort()).toEqual([...pairs.values()].sort());
    }),
  );
});

test("a pair that was deleted is as if it had never been set", () => {
  fc.assert(
    fc.property(entries, part, part, (list, first, second) => {
      const [map, without] = [new PairMap<number>(), new PairMap<number>()];
      for (const [one, other, value] of list) {
        map.set(one, other, value);
        if (one !== first || other !== second) without.set(one, other, value);
      }
      map.delete(first, second);
      expect(map.has(first, second)).toBe(false);
      // In whatever order: that goes by when a first part was met first.
      expect([...map.values()].sort()).toEqual([...without.values()].sort());
    }),
  );
});
