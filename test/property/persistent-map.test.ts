import fc from "fast-check";
import { expect, test } from "vitest";
import { PersistentMap } from "../../src/selection/persistent-map.ts";

const key = fc.oneof(
  fc.constantFrom("", "__proto__", "constructor", "\0"),
  fc.string({ maxLength: 2 }),
  fc.integer({ min: 0, max: 2_000 }).map((number) => `018f2a6e-0000-7000-8000-${number}`),
);
const value = fc.option(fc.integer(), { nil: undefined });
/** Some of them large, so that the map has to grow. */
const steps = fc.array(fc.array(fc.tuple(key, value), { maxLength: 600 }), { maxLength: 8 });

test("each change of a persistent map gives what the same changes make of a map, and leaves those before as they were", () => {
  fc.assert(
    fc.property(steps, (list) => {
      let map = PersistentMap.empty<number>();
      let plain = new Map<string, number>();
      const versions = [{ map, plain }];
      for (const changes of list) {
        map = map.with(new Map(changes));
        plain = new Map(plain);
        for (const [id, number] of changes) {
          if (number === undefined) plain.delete(id);
          else plain.set(id, number);
        }
        versions.push({ map, plain });
      }
      for (const version of versions) {
        expect(version.map.size).toBe(version.plain.size);
        expect(new Map(version.map)).toEqual(version.plain);
        expect([...version.map.keys()].sort()).toEqual([...version.plain.keys()].sort());
        for (const [id, number] of version.plain) expect(version.map.get(id)).toBe(number);
      }
    }),
    { numRuns: 40 },
  );
});
