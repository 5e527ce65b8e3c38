import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketCount, bucketOf, quantile } from "../../../src/seeing/traffic/durations.ts";

/** Durations as they are stored. */
function stored(all: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const ms of all) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => one - other).flat();
}

test("a quantile is within 10 percent of the true one", () => {
  const durations = fc.array(fc.double({ min: 1, max: 110_000, noNaN: true }), {
    minLength: 1,
    maxLength: 50,
  });
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.95), (all, share) => {
      const sorted = [...all].sort((one, other) => one - other);
      const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
      const estimated = quantile(stored(all), share) ?? 0;
      expect(Math.abs(estimated / exact - 1)).toBeLessThan(0.1);
    }),
  );
});

test("a doubling of durations has four buckets, each as wide as the others, as factors go", () => {
  // Less than a millionth from the border of two, either may be right.
  for (let place = 0; place < bucketCount - 2; place += 1) {
    expect(bucketOf(2 ** (place / 4) * 1.000_001)).toBe(place + 1);
    expect(bucketOf(2 ** ((place + 1) / 4) * 0.999_999)).toBe(place + 1);
  }
});

test("what is very short or very long has a bucket, too", () => {
  expect([-1, 0, 0.4, Number.NaN].map(bucketOf)).toEqual([0, 0, 0, 0]);
  expect(bucketOf(1)).toBe(1);
  expect([10 * 60_000, Number.POSITIVE_INFINITY].map(bucketOf)).toEqual([bucketCount - 1, bucketCount - 1]);
  expect(quantile([], 0.5)).toBe(null);
  expect(quantile([0, 9], 0.95)).toBe(0.5);
});
