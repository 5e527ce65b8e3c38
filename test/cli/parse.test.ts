import { expect, test } from "vitest";
import { parseNumber } from "../../src/cli/parse.ts";

test("a number of the command line is one as JSON writes numbers", () => {
  expect(["7", "-8", "1.50", "1e2"].map(parseNumber)).toEqual([7, -8, 1.5, 100]);
  for (const text of ["", "1,234", "12-34", "0x10", "007", "+1"]) {
    expect(() => parseNumber(text)).toThrow("It is not a number.");
  }
  expect(() => parseNumber("5.0000000000000000001")).toThrow("too many digits to be read exactly");
});
