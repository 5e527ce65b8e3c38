import fc from "fast-check";
import { expect, test } from "vitest";
import { selectRange } from "../../src/control/list/select-range.ts";

/** Few values for many places: long runs that only the place tells apart, as a column of statuses has. */
const columns = fc
  .record({
    values: fc.integer({ min: 1, max: 9 }),
    places: fc.integer({ min: 0, max: 3_000 }),
    seed: fc.nat(),
  })
  .map(({ values, places, seed }) => {
    const column = Array.from({ length: places }, (_, place) => ((place ^ seed) * 2_654_435_761) % values);
    const value = (place: number) => column[place] ?? 0;
    return {
      places: Uint32Array.from(column.keys()),
      compare: (one: number, other: number) => value(one) - value(other) || one - other,
    };
  });

test("a range is what a whole sort has there, and the rest is still all there", () => {
  fc.assert(
    fc.property(columns, fc.nat(3_100), fc.nat(500), ({ places, compare }, start, length) => {
      const parted = places.slice();
      const sorted = places.toSorted(compare);
      expect(selectRange(parted, start, start + length, compare)).toEqual(
        sorted.subarray(start, start + length),
      );
      expect(parted.toSorted(compare)).toEqual(sorted);
    }),
  );
});

test("pages taken one after the other out of one array have every place once, in order", () => {
  fc.assert(
    fc.property(columns, fc.integer({ min: 100, max: 1_000 }), ({ places, compare }, size) => {
      const parted = places.slice();
      const paged: number[] = [];
      for (let start = 0; start < places.length; start += size) {
        paged.push(...selectRange(parted, start, start + size, compare));
      }
      expect(paged).toEqual([...places.toSorted(compare)]);
    }),
  );
});

test("a range without an end is the rest", () => {
  fc.assert(
    fc.property(columns, fc.nat(3_100), ({ places, compare }, start) => {
      const rest = selectRange(places.slice(), start, Number.POSITIVE_INFINITY, compare);
      expect(rest).toEqual(places.toSorted(compare).subarray(start));
    }),
  );
});
