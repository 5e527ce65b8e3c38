import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasReason, readReasons } from "../mutation/reasons.mjs";
import { source } from "./source-files.ts";

test.each([...readReasons()])("what mutants of %s are let live for is still there", (file, pieces) => {
  const lines = readFileSync(join(source, file), "utf8").split("\n");

  expect(pieces.filter((piece) => !lines.some((line) => hasReason(line, [piece])))).toEqual([]);
  expect(pieces).not.toEqual([]);
});
