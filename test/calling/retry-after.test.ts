import { afterEach, describe, expect, test } from "vitest";
import { retryAfter } from "../../src/calling/retry-after.ts";

const now = Date.UTC(2030, 0);
const told = (headers: unknown) => retryAfter({ headers }, now);

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe("a Retry-After in unusual letters", () => {
  const others = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, "1"]));

  test("is found among other headers", () => {
    expect(told({ "Content-Length": "9", "RETRY-After": "7", Date: "1" })).toBe(7_000);
    expect(told(new Map([["Content-Length", "9"], ...[["RETRY-After", "7"] as const]]))).toBe(7_000);
  });

  test("is found among names that are no texts", () => {
    const headers = new Map<unknown, string>([
      [5, "9"],
      [Symbol("x"), "9"],
      ["Retry-After", "7"],
    ]);
    expect(told(headers)).toBe(7_000);
  });

  test("is looked for among a thousand headers", () => {
    expect(told({ ...others(999), "RETRY-After": "7" })).toBe(7_000);
    expect(told({ ...others(1_000), "RETRY-After": "7" })).toBeUndefined();
  });
});

test.each([
  [0, 0],
  [1.25, 1_250],
  ["1.25", 1_250],
  ["0.125", 125],
])("%j is seconds, and may have decimals", (value, ms) => {
  expect(told({ "retry-after": value })).toBe(ms);
});

test.each([
  "Tue Jan  1 00:00:30 2030",
  "Tue, 01 Jan 2030 00:00:30 GMT",
  "Tuesday, 01-Jan-30 00:00:30 GMT",
  "2030-01-01T00:00:30Z",
])("the date %j means UTC, wherever the process is", (date) => {
  for (const place of ["America/New_York", "Asia/Tehran"]) {
    process.env.TZ = place;
    expect(told({ "retry-after": date })).toBe(30_000);
  }
});

test.each([null, "retry-after: 5", 5, Symbol("x"), () => 5])("headers that are %s have none", (headers) => {
  expect(told(headers)).toBeUndefined();
});
