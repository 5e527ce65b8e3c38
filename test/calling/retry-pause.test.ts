import { expect, test } from "vitest";
import { retryPause } from "../../src/calling/retry-pause.ts";

test.each([
  [1, 100],
  [2, 200],
  [3, 400],
  [5, 1_600],
  [6, 2_000],
  [60, 2_000],
])("after %d attempts it is anything up to %d ms", (attempts, mostMs) => {
  const pauses = Array.from({ length: 1_000 }, () => retryPause(attempts));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0);
  expect(Math.min(...pauses)).toBeLessThan(mostMs / 2);
  expect(Math.max(...pauses)).toBeLessThan(mostMs);
  expect(Math.max(...pauses)).toBeGreaterThan(mostMs / 2);
});
