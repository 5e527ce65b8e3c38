import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importCircles } from "./import-circles.ts";
import { files, source } from "./source-files.ts";

const mostLines = 300;

/** Written by a script, for machines to read. */
const isGenerated = (file: string): boolean => file.endsWith("generated.ts");

const lines = (file: string): number => readFileSync(join(source, file), "utf8").split("\n").length - 1;

describe("a file of src", () => {
  test(`has ${mostLines} lines at most`, () => {
    const tooLong = files().filter((file) => !isGenerated(file) && lines(file) > mostLines);
    expect(tooLong).toEqual([]);
  });

  test("does not import itself by way of others, not even for a type", () => {
    expect(importCircles()).toEqual([]);
  });
});

describe("the search for circles", () => {
  const graph = (imports: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(imports));

  test("finds the shortest one of several files, and a file that imports itself", () => {
    const found = importCircles(graph({ a: ["b"], b: ["c", "d"], c: ["d"], d: ["a"], e: ["e", "a"] }));
    expect(found).toEqual(["a -> b -> d -> a", "e -> e"]);
  });

  test("takes two ways to the same file for none", () => {
    expect(importCircles(graph({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }))).toEqual([]);
  });
});
