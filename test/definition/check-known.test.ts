import { InvalidOptionError, UnknownOptionError } from "plugbay";
import { expect, test } from "vitest";
import { checkKnown } from "../../src/definition/known-options.ts";

const names = { timeoutMs: true } as const;

test("options that a call has pass, and so does what they inherit", () => {
  expect(() => checkKnown("run", { timeoutMs: 5 }, names)).not.toThrow();
  expect(() => checkKnown("run", Object.create({ note: "of a class" }), names)).not.toThrow();
});

test("one that it does not have is refused, with those that it has", () => {
  expect(() => checkKnown("run", { retries: 5 }, names)).toThrow(UnknownOptionError);
  expect(() => checkKnown("run", { retries: 5 }, names)).toThrow(
    'run has no option "retries"; it has timeoutMs',
  );
});

test.each([[null], [5_000], ["fast"], [[]]])("%j is no object of options", (options) => {
  const check = () => checkKnown("run", options as never, names);
  expect(check).toThrow(InvalidOptionError);
  expect(check).toThrow(expect.objectContaining({ option: "options", value: options }));
  expect(check).toThrow("run takes an object of options");
});
