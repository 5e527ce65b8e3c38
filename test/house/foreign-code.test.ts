import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { files, source } from "./source-files.ts";

const read = (file: string): string => readFileSync(join(source, file), "utf8");
const filesWith = (text: RegExp): string[] => files().filter((file) => text.test(read(file)));

describe("code of others", () => {
  test.each([
    ["a class or a create", /new construction\.class|construction\.create\(|\bplugin\.construction\.\w+\(/],
    ["a check", /\bcheck\(context\b|\.check\(\{/],
    ["a dispose", /\bdispose\(instance|\[Symbol\.(asyncD|d)ispose\]\(\)(;|\))/],
    ["a schema", /\["~standard"\]\.validate\(/],
    ["a selector", /\bselector\(candidates/],
    ["a classify", /\bclassify\(error\)/],
    ["a hook", /\bhook\[stage\]/],
    ["a migrateConfig", /\bmigrateConfig\(/],
  ])("is called in one place: %s", (_title, call) => {
    expect(filesWith(call)).toEqual(["definition/foreign-code.ts"]);
  });
});

describe("waiting", () => {
  test("has one deadline: nothing but it races promises, save for the end of the command line and of a socket", () => {
    expect(filesWith(/Promise\.race\(/)).toEqual(["cli/while-open.ts", "store/sockets.ts"]);
  });
});
