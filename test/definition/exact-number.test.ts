import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inexactNumbers, isNumeral, losesDigits } from "../../src/definition/exact-number.ts";

describe("a numeral", () => {
  test.each([
    ...["12345678901234567891", "9007199254740993", "-9007199254740993", "0.1234567890123456789"],
    ...["1e400", "-1e400", "1e-400", "1.00000000000000000001", "123456789012345678e3"],
    // 2^60 and 2^70 are kept, but written again as 1152921504606847000 and 1.1805916207174113e+21.
    ...["1152921504606846976", "1180591620717411303424"],
  ])("%s would lose digits", (written) => {
    expect(losesDigits(written)).toBe(true);
  });

  test.each([
    ...["0", "-0", "0.1", "1.0", "1.50", "587", "1e3", "1E+3", "9007199254740991", "-9007199254740991"],
    ...["9007199254740992", "123456789012345680000", "1152921504606847000", "100000000000000000000", "1e300"],
    ...["0.000000000000000000000000001", "0.30000000000000004", "0e999"],
    ...["1.0000000000000000000", "0.00000000000000000000000000000000"],
  ])("%s is kept as it is", (written) => {
    expect(losesDigits(written)).toBe(false);
  });

  test("that JSON makes of a number is kept", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(number, (value) => !losesDigits(JSON.stringify(value))));
  });

  test("is one as JSON writes numbers", () => {
    const written = ["0", "-0", "12", "-1.50", "1e21", "1e-7", "2.5E+3"];
    const others = [
      "",
      "-",
      "+1",
      "01",
      ".5",
      "5.",
      "1e",
      "0x10",
      "1,5",
      "12-34",
      " 1",
      "1_000",
      "Infinity",
      "NaN",
    ];
    expect([...written, ...others].filter(isNumeral)).toEqual(written);
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(number, (value) => isNumeral(JSON.stringify(value))));
  });
});

describe("of a text of JSON", () => {
  test("those numbers are found that would lose digits, and where they stand", () => {
    const json = `{"a": [1, {"b\\"": 12345678901234567891}], "text": "12345678901234567891 \\\\", "c": [[], {}, 1e400], "d":0.5}`;
    expect(inexactNumbers(json)).toEqual([
      { path: ["a", 1, 'b"'], written: "12345678901234567891", start: json.indexOf("12345678901234567891") },
      { path: ["c", 2], written: "1e400", start: json.indexOf("1e400") },
    ]);
    expect(inexactNumbers("12345678901234567891")).toMatchObject([{ path: [] }]);
  });

  test("each is found at the path at which it can be looked up", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json = JSON.stringify(value, null, 1);
        const found = inexactNumbers(json, () => true);
        for (const { path, written } of found) {
          const there = path.reduce<unknown>(
            (parent, key) => (parent as Record<string | number, unknown>)[key],
            JSON.parse(json),
          );
          expect(there).toBe(Number(written));
        }
        let numbers = 0;
        JSON.parse(json, (_, member: unknown) => {
          if (typeof member === "number") numbers += 1;
          return member;
        });
        expect(found.length).toBe(numbers);
      }),
    );
  });

  test("nothing written so as to be slow is", { timeout: 5_000 }, () => {
    const long = `1${"0".repeat(400_000)}1`;
    expect(inexactNumbers(`[${long}, 0.${long}]`)).toHaveLength(2);
    const deep = `${"[".repeat(5_000)}${"1e999,".repeat(50_000)}1${"]".repeat(5_000)}`;
    expect(inexactNumbers(deep)).toHaveLength(20);
  });

  test("a text of many megabytes is read through", () => {
    const json = JSON.stringify({ text: '\\"'.repeat(4_000_000), number: 1 }).replace(/1}$/, "1e999}");
    expect(inexactNumbers(json)).toMatchObject([{ path: ["number"] }]);
  });
});
