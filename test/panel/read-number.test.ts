import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBeginning, readNumber } from "../../ui/src/numbers/read-number.ts";
import { stepped } from "../../ui/src/numbers/step-number.ts";

describe("a number that is typed", () => {
  test.each<[string, number]>([
    ...([
      ["1e-7", 1e-7],
      ["2.5E3", 2500],
      ["1e21", 1e21],
      ["5e-324", 5e-324],
      ["-0.5", -0.5],
      [" 12 ", 12],
      ["100000000000000000000", 1e20],
    ] as [string, number][]),
    // Persian, Arabic and full-width digits, with the signs and marks that they are copied with.
    ...([
      ["۱۲۳", 123],
      ["٤٥٫٥", 45.5],
      ["\u200e−۳۲۷۶۸", -32768],
      ["１２．５", 12.5],
      ["\u2068-۷\u2069", -7],
    ] as [string, number][]),
    // Commas that can only be decimal ones.
    ...([
      ["1,5", 1.5],
      ["-0,125", -0.125],
      ["12,3456", 12.3456],
      ["1234,567", 1234.567],
    ] as [string, number][]),
  ])("as %s is read", (typed, value) => {
    expect(readNumber(typed)).toEqual({ kind: "number", value });
  });

  test.each([
    ...["1,234", "1,234.5", "1.234,5", "1,234,567", "-1,234", "1 234", "1\u202f234", "1_000", "12'345"],
    ...["۱٬۲۳۴", "۱،۲۳۴", "1.234.567", "1,234e3"],
  ])("as %s may be of thousands or of decimals", (typed) => {
    expect(readNumber(typed)).toEqual({ kind: "separated" });
  });

  test.each([
    "12-34",
    "0x10",
    "1e",
    "-",
    "--1",
    "+1",
    "007",
    ".5",
    "5.",
    "Infinity",
    "NaN",
    "1/2",
    "12 kB",
    "۱۲x",
  ])("as %s is none", (typed) => {
    expect(readNumber(typed)).toEqual({ kind: "unreadable" });
  });

  test("is refused when it would lose digits, or is to be a whole one and is not", () => {
    for (const typed of ["12345678901234567891", "۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹۱", "0.1234567890123456789", "1e400"]) {
      expect(readNumber(typed)).toEqual({ kind: "inexact" });
    }
    expect(readNumber("1.5", "integer")).toEqual({ kind: "fraction" });
    expect(readNumber("2.50e1", "integer")).toEqual({ kind: "number", value: 25 });
    expect(readNumber("  ")).toEqual({ kind: "empty" });
  });

  test("is on its way to be one", () => {
    expect(["", "-", "1.", "1,", "-1.5e", "1e-", "۱٫"].filter((typed) => !isBeginning(typed))).toEqual([]);
    expect(["--", "1..", "e", "12-", "1,234.", "x"].filter(isBeginning)).toEqual([]);
  });

  test("is what a number is shown as", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    fc.assert(
      fc.property(number, (value) => {
        expect(readNumber(String(value))).toEqual({ kind: "number", value });
      }),
    );
  });
});

describe("the next number", () => {
  test("is one up or down, or a multiple, without the dust of binary fractions", () => {
    expect(stepped(5, 1, {})).toBe(6);
    expect(stepped(0.15, -1, {})).toBe(-0.85);
    expect(stepped(0.1, 1, { multipleOf: 0.2 })).toBe(0.3);
    expect(stepped(1e-7, 1, {})).toBe(1.0000001);
    expect(stepped(1e21, 1, {})).toBe(1e21);
    expect(stepped(5e-324, 1, {})).toBe(1);
  });

  test("stays within limits", () => {
    const limits = { minimum: 10, maximum: 20 };
    expect([stepped(0, 1, limits), stepped(20, 1, limits), stepped(10, -1, limits)]).toEqual([10, 20, 10]);
    expect(stepped(30, -1, limits)).toBe(20);
    expect(stepped(1, -1, { exclusiveMinimum: 0 })).toBe(1);
    expect(stepped(1, 1, { exclusiveMaximum: 2 })).toBe(1);
  });
});
