import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadPriorities } from "../../src/control/spread-priorities.ts";

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
