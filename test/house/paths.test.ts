import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** A file with its ending, or a folder with a slash: at its end, or between small letters alone. */
const path = /`(\.?[\w@-][\w.@/[\]-]*(?:\/|\.(?:tsx?|json|md|ya?ml))|[a-z][a-z-]*(?:\/[a-z][a-z-]*)+)`/g;

/** Built, so that a checkout has none. */
const built = /^(?:(?:docs\/\.vitepress\/)?dist|bench\/out)\//;

const pathsIn = (markdown: string): string[] =>
  [...new Set([...markdown.matchAll(path)].map(([, found = ""]) => found))].filter(
    (found) => !built.test(found),
  );

const exists = (...parts: readonly string[]): boolean => existsSync(join(root, ...parts));

describe("CONTRIBUTING.md", async () => {
  const markdown = await readFile(join(root, "CONTRIBUTING.md"), "utf8");

  test("names files and folders that are there", () => {
    const paths = pathsIn(markdown);
    expect(paths.length).toBeGreaterThan(80);
    // What stands in brackets without a folder is beside the path before it.
    const beside = ["src/store/mysql", "src/following/redis", "src"];
    const missing = paths.filter(
      (found) => !exists(found) && !beside.some((folder) => exists(folder, found)),
    );
    expect(missing).toEqual([]);
  });

  test("names functions and members that are in the file named with them", async () => {
    const named = [...markdown.matchAll(/`(#?\w+)`\s+(?:of|in)\s+`([\w./-]+\.tsx?)`/g)];
    expect(named.length).toBeGreaterThan(4);
    for (const [, name = "", file = ""] of named)
      expect(await readFile(join(root, file), "utf8"), `${name} of ${file}`).toContain(name);
  });

  test("names scripts that npm has", async () => {
    const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const named = [...markdown.matchAll(/npm (?:run )?([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
    const own = new Set(named.filter((name) => name !== "ci"));
    expect([...own].filter((name) => scripts[name] === undefined && !["s", "has"].includes(name))).toEqual(
      [],
    );
    expect(own.size).toBeGreaterThan(7);
  });
});

describe("docs/architecture.md", async () => {
  const markdown = await readFile(join(root, "docs/architecture.md"), "utf8");

  test("names files and folders that are there, from src", () => {
    const paths = pathsIn(markdown);
    expect(paths.length).toBeGreaterThan(40);
    // Named after their folder: `store/sqlite/` (`set-aside.ts`).
    const beside = ["src", "src/control", "src/store/sqlite", "src/admin", "src/admin/panel", ""];
    expect(paths.filter((found) => !beside.some((folder) => exists(folder, found)))).toEqual([]);
  });

  test("has every folder of the house in its map", () => {
    const map = /```\nsrc\/\n([\s\S]*?)```/.exec(markdown)?.[1] ?? "";
    const entries = [...map.matchAll(/^ {2}(\S+(?:, \S+\/)*) /gm)].flatMap(([, names = ""]) =>
      names.split(", "),
    );
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.filter((entry) => !exists("src", entry))).toEqual([]);
  });
});
