import { describe, expect, test } from "vitest";
import { asInteger } from "../../src/store/stored-integer.ts";
import { storedJson } from "../../src/store/stored-json.ts";
import { storedTime } from "../../src/store/stored-time.ts";

describe("a stored time", () => {
  test.each([
    ["2026-11-27T08:00:00.000Z", "2026-11-27T08:00:00.000Z"],
    ["2026-11-27T08:00:00Z", "2026-11-27T08:00:00.000Z"],
    ["2026-11-27 08:00:00", "2026-11-27T08:00:00.000Z"],
    ["2026-11-27 08:00:00.123456+01", "2026-11-27T07:00:00.123Z"],
    ["2026-11-27T08:00:00+0130", "2026-11-27T06:30:00.000Z"],
    ["2026-11-27 08:00", "2026-11-27T08:00:00.000Z"],
    ["2026-11-27", "2026-11-27T00:00:00.000Z"],
  ])("may be written as %s", (written, meant) => expect(storedTime(written)).toBe(meant));

  test.each(["", "now", "27.11.2026", "2026-13-01T00:00:00.000Z", "2026-13-01", 0, null, undefined])(
    "is not %j",
    (value) => expect(storedTime(value)).toBeUndefined(),
  );
});

describe("stored JSON", () => {
  test.each(["{", "", "undefined", "[".repeat(9_999)])("is not %s", (text) => {
    expect(storedJson(text)).toHaveProperty("problem");
  });

  test("may be long, and of brackets in texts, but not deeper than could be written again", () => {
    const long = JSON.stringify({
      text: '[{"\\'.repeat(2_000),
      list: Array.from({ length: 999 }, () => [1]),
    });
    expect(storedJson(long)).toEqual({ value: JSON.parse(long) });
    expect(storedJson("[".repeat(1_000) + "]".repeat(1_000))).toHaveProperty("value");
    expect(storedJson("[".repeat(1_001) + "]".repeat(1_001))).toHaveProperty("problem");
  });
});

test("a stored integer is one that a number holds exactly, however it arrives", () => {
  for (const value of [7, 7n, "7"]) expect(asInteger(value)).toBe(7);
  expect(asInteger("-9007199254740991")).toBe(Number.MIN_SAFE_INTEGER);
  for (const value of [
    1.5,
    "1.5",
    "",
    "0x7",
    " 7",
    2n ** 53n,
    "9007199254740993",
    null,
    true,
    Number.NaN,
    {},
  ]) {
    expect(asInteger(value)).toBeUndefined();
  }
});
