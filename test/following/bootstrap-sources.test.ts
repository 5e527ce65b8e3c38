import { InvalidOptionError, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, test } from "vitest";
import { type Bootstrap, bootstrapSources } from "../../src/following/bootstrap-sources.ts";

const file = { file: "snapshot.json" };

describe("the sources of a start without a database", () => {
  test.each<[Bootstrap, readonly unknown[]]>([
    ["fail", []],
    ["code", ["code"]],
    [file, [file]],
    [[file], [file]],
    [["code"], ["code"]],
    [
      [file, "code"],
      [file, "code"],
    ],
    [
      [file, { file: "baked-in.json" }, "code"],
      [file, { file: "baked-in.json" }, "code"],
    ],
  ])("are a list, as from %j", (bootstrap, sources) => {
    expect(bootstrapSources(bootstrap)).toEqual(sources);
  });

  test.each([
    ["a word", "codes", /"codes"/],
    ["null", null, /null/],
    ["a number", 5, /5/],
    ["an object without a file", {}, /\{ file: path \}/],
    ["an empty path", { file: "" }, /\{ file: path \}/],
    ["an empty list", [], /the list is empty/],
    ["a list with a word", [file, "codes"], /\{ file: path \}/],
    ["a list with a list", [[file]], /\{ file: path \}/],
    ["a list with nothing", [file, undefined], /\{ file: path \}/],
    ["a list with fail", [file, "fail"], /a list cannot have "fail"/],
    ["fail in a list alone", ["fail"], /a list cannot have "fail"/],
    ["code before a file", ["code", file], /"code" comes last/],
    ["code twice", ["code", "code"], /"code" comes last/],
  ])("are refused before anything is opened when they are %s", async (_case, bootstrap, says) => {
    const opening = openPlugbay({
      database: sqlite(":memory:"),
      plugins: [],
      bootstrap: bootstrap as Bootstrap,
    });
    const refusal = await opening.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidOptionError);
    expect(refusal).toMatchObject({ option: "bootstrap", value: bootstrap });
    expect(String(refusal)).toMatch(says);
  });
});
