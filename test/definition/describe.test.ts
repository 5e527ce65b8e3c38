import { expect, test } from "vitest";
import {
  describeFirst,
  describeIssues,
  describeValue,
  itemLabel,
  placeOf,
  preview,
} from "../../src/definition/describe.ts";
import { shellWord } from "../../src/definition/shell-word.ts";

test("an item's full name has its label, where it has one", () => {
  const names = { module: "apps/stripe", name: "stripe" };
  expect(itemLabel({ ...names, label: "eu" })).toBe("apps/stripe:stripe/eu");
  expect(itemLabel({ ...names, label: "" })).toBe("apps/stripe:stripe");
});

test("issues are described with where they are", () => {
  expect(placeOf(["types", 0, "items", 2, "status"])).toBe("types[0].items[2].status");
  expect(
    describeIssues([
      { path: ["smtp", "port"], message: "is no number" },
      { path: [], message: "is odd" },
    ]),
  ).toBe("smtp.port: is no number; is odd");
});

test("of a long list the first 20 are told, each cut, and how many more there are", () => {
  const list = Array.from({ length: 21 }, (_, index) => `${index}`);
  const told = list.slice(0, 20).join(", ");
  expect(describeFirst(list.slice(0, 20), ", ", (one) => one)).toBe(told);
  expect(describeFirst(list, ", ", (one) => one)).toBe(`${told}, and 1 more`);
  expect(describeFirst(["x".repeat(2_000)], ", ", (one) => one).length).toBeLessThan(1_100);
});

test.each([
  ["otp", 'the text "otp"', '"otp"'],
  [class SmsOtp {}, "class SmsOtp", "class SmsOtp"],
  [class {}, "class without a name", "class without a name"],
  [function send() {}, "the function send", "the function send"],
  [
    function make() {
      return class Made {};
    },
    "the function make",
    "the function make",
  ],
  [[1], "a list", "a list"],
  [{ a: 1 }, "an object", "an object"],
  [null, "null", "null"],
  [undefined, "undefined", "undefined"],
  [3n, "3", "3"],
])("%o is described", (value, described, shown) => {
  expect(describeValue(value)).toBe(described);
  expect(preview(value)).toBe(shown);
});

test("a long text is cut in a message", () => {
  expect(preview("a".repeat(58))).toBe(`"${"a".repeat(58)}"`);
  expect(preview("a".repeat(59))).toBe(`"${"a".repeat(55)}..."`);
});

test.each([
  ["apps/sms:sms/eu-1", "apps/sms:sms/eu-1"],
  ["a_b.c@d%e+f=g,h", "a_b.c@d%e+f=g,h"],
  ["two words", "'two words'"],
  [" x", "' x'"],
  ["x;", "'x;'"],
  ["it's", "'it'\\''s'"],
  ["", "''"],
])("%j is one word of a shell", (text, word) => {
  expect(shellWord(text)).toBe(word);
});
