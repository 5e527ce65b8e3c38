import fc from "fast-check";
import { expect, test } from "vitest";
import { selectRange } from "../../src/control/list/select-range.ts";

test("the selected range is what sorting everything would put there", () => {
  const rows = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 300 });
  fc.assert(
    fc.property(rows, fc.nat(310), fc.nat(60), fc.boolean(), (keys, start, count, isDown) => {
      const sign = isDown ? -1 : 1;
      const key = (place: number) => keys[place] ?? 0;
      // By key, then by place: equal keys must not make the order partial.
      const compare = (one: number, other: number) => sign * (key(one) - key(other)) || one - other;
      const places = Uint32Array.from(keys.keys());
      const expected = [...places].sort(compare).slice(start, start + count);
      expect([...selectRange(places, start, start + count, compare)]).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
