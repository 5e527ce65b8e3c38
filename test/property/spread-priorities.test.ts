import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadPriorities as spreadAround } from "../../src/control/items/spread-priorities.ts";

/** Where nothing is fixed there is always room. */
const spreadPriorities = (current: readonly number[]): number[] => spreadAround(current) ?? [];

const priority = fc.oneof(
  fc.integer({ min: -32768, max: 32767 }),
  fc.integer({ min: -2, max: 2 }),
  fc.integer({ min: 32760, max: 32767 }),
);
const priorities = fc.array(priority, { maxLength: 50 });

test("the priorities rise strictly and stay in range", () => {
  fc.assert(
    fc.property(priorities, (current) => {
      const spread = spreadPriorities(current);
      expect(spread).toHaveLength(current.length);
      for (const [index, value] of spread.entries()) {
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(-32768);
        expect(value).toBeLessThanOrEqual(32767);
        if (index > 0) expect(value).toBeGreaterThan(spread[index - 1] ?? 0);
      }
    }),
  );
});

test("different priorities are handed out as they are, in rising order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(priority, { maxLength: 50 }), (current) => {
      expect(spreadPriorities(current)).toEqual(current.toSorted((one, other) => one - other));
    }),
  );
});

test("an order that holds already is left as it is", () => {
  fc.assert(
    fc.property(priorities, (current) => {
      const spread = spreadPriorities(current);
      expect(spreadPriorities(spread)).toEqual(spread);
    }),
  );
});

test("away from the upper end, no priority falls, and none rises over more than its equals need", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -10, max: 10 }), { maxLength: 30 }), (current) => {
      const sorted = current.toSorted((one, other) => one - other);
      for (const [index, value] of spreadPriorities(current).entries()) {
        expect(value).toBeGreaterThanOrEqual(sorted[index] ?? 0);
        expect(value).toBeLessThanOrEqual((sorted[index] ?? 0) + current.length - 1);
      }
    }),
  );
});

test("around fixed ones, the order is kept, they stay, and only what leaves no room is refused", () => {
  const narrow = fc.integer({ min: -6, max: 6 });
  const places = fc.array(fc.record({ number: narrow, isFixed: fc.boolean() }), { maxLength: 12 });
  fc.assert(
    fc.property(places, (wanted) => {
      const current = wanted.map(({ number }) => number);
      const fixed = new Set(wanted.flatMap(({ isFixed }, place) => (isFixed ? [place] : [])));
      const spread = spreadAround(current, fixed);
      const anchors = [...fixed].map((place) => ({ place, number: current[place] ?? 0 }));
      const hasRoom = anchors.every(({ place, number }, index) => {
        const before = anchors[index - 1];
        if (before === undefined) return true;
        const between = place - before.place - 1;
        return between === 0 ? number >= before.number : number - before.number > between;
      });
      expect(spread !== undefined).toBe(hasRoom);
      for (const { place, number } of spread ? anchors : []) expect(spread?.[place]).toBe(number);
      for (const [place, value] of (spread ?? []).entries()) {
        const isBetweenFixed = fixed.has(place) && fixed.has(place - 1);
        if (place > 0)
          expect(value).toBeGreaterThanOrEqual((spread?.[place - 1] ?? 0) + (isBetweenFixed ? 0 : 1));
      }
    }),
  );
});
