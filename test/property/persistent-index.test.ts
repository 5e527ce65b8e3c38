import fc from "fast-check";
import { expect, test } from "vitest";
import { hashText } from "../../src/definition/hash-text.ts";
import { PersistentIndex } from "../../src/selection/persistent-index.ts";

interface Entry {
  readonly key: string;
  readonly number: number;
}

const key = fc.oneof(
  fc.constantFrom("", "__proto__", "constructor", "\0"),
  fc.string({ maxLength: 2 }),
  fc.integer({ min: 0, max: 2_000 }).map((number) => `018f2a6e-0000-7000-8000-${number}`),
);
/** Some of them large, so that the index has to grow. */
const steps = fc.array(
  fc.record({
    keys: fc.array(key, { maxLength: 600 }),
    gone: fc.array(key, { maxLength: 20 }),
    isEmptied: fc.nat(9).map((number) => number === 0),
  }),
  { maxLength: 8 },
);

/** Few of them, so that many keys share one. */
const fewHashes = (text: string): number => hashText(text) & 0xf000_000f;

test.each([
  ["well spread", hashText],
  ["few", fewHashes],
])("each change of an index by hashes that are %s leaves those before as they were", (_, hash) => {
  fc.assert(
    fc.property(steps, (list) => {
      let index = PersistentIndex.empty<Entry>(({ key }) => hash(key));
      let plain = new Set<Entry>();
      const versions = [{ index, plain }];
      for (const [number, { keys, gone, isEmptied }] of list.entries()) {
        const leaving = new Set([...plain].filter((entry) => isEmptied || gone.includes(entry.key)));
        const coming = keys.map((key) => ({ key, number }));
        index = index.with(leaving, coming);
        plain = new Set([...[...plain].filter((entry) => !leaving.has(entry)), ...coming]);
        versions.push({ index, plain });
      }
      const keys = new Set(list.flatMap(({ keys, gone }) => [...keys.slice(0, 30), ...gone]));
      for (const { index, plain } of versions) {
        expect(index.size).toBe(plain.size);
        expect(new Set(index)).toEqual(plain);
        for (const key of keys) {
          const wanted = new Set([...plain].filter((entry) => entry.key === key));
          expect(new Set(index.findAll(hash(key), (entry) => entry.key === key))).toEqual(wanted);
          const found = index.find(hash(key), (entry) => entry.key === key);
          expect(found === undefined ? wanted.size === 0 : wanted.has(found)).toBe(true);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("texts that are hashed together do not count as joined", () => {
  expect(hashText("b", hashText("a-by"))).not.toBe(hashText("by-b", hashText("a-")));
});
