import { expect, test } from "vitest";
import { entries } from "./entries.ts";
import { undocumented, withoutExample } from "./public-docs.ts";

const files = entries.map(({ file }) => file);

test("every public name has a docstring, and so has every member of one", () => {
  expect(undocumented(files)).toEqual([]);
});

test("every function, and every method that an application calls, has an example", () => {
  expect(withoutExample(files)).toEqual([]);
});
