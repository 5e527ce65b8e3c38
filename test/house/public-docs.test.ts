import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { undocumented, withoutExample } from "./public-docs.ts";

const { exports } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  exports: Record<string, string | { default: string }>;
};

const entries = Object.values(exports).flatMap((target) =>
  typeof target === "string" ? [] : [target.default.replace(/^\.\/dist\/(.*)\.js$/, "$1.ts")],
);

test("every public name has a docstring, and so has every member of one", () => {
  expect(undocumented(entries)).toEqual([]);
});

test("every function, and every method that an application calls, has an example", () => {
  expect(withoutExample(entries)).toEqual([]);
});
