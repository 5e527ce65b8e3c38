import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Manifest {
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(read("package.json"));

/** The rows of the table below a heading, each by the names of the columns. */
function tableOf(heading: string): Record<string, string>[] {
  const [, section = ""] = read("docs/supported-versions.md").split(`## ${heading}\n`);
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  const [names = [], , ...rows] = lines.map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll("\\|", "|").replaceAll("`", "")),
  );
  return rows.map((cells) => Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ""])));
}

const tools = tableOf("Node and tools");
const packages = tableOf("Packages that plugbay asks for");
const frameworks = tableOf("Frameworks");
const installed = (name: string): string => JSON.parse(read(`node_modules/${name}/package.json`)).version;

/** `8.23` of `8.23.1`. */
const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".");
const majorOf = (version: string): string => version.split(".")[0] ?? "";

describe("docs/supported-versions.md", () => {
  test("allows the Node that package.json asks for", () => {
    expect(tools.find(({ what }) => what === "Node")?.allowed).toBe(manifest.engines.node);
  });

  test("tests the versions of Node that npm run test:nodes does", () => {
    const [, list = ""] = /const versions = \[(.*)\]/.exec(read("scripts/test-nodes.ts")) ?? [];
    const versions = [...list.matchAll(/"([\d.]+)"/g)].map(([, version = ""]) => version.replace(/\.0$/, ""));
    expect(tools.find(({ what }) => what === "Node")?.tested).toBe(
      `${versions.join(", ")} and the current one`,
    );
    expect(manifest.engines.node).toBe(`>=${versions[0]}`);
  });

  test("allows of each peer what package.json allows", () => {
    const listed = packages.filter(({ allowed = "" }) => allowed.startsWith("^"));
    const ranges = Object.fromEntries(listed.map(({ package: name, allowed }) => [name, allowed]));
    expect(ranges).toEqual(manifest.peerDependencies);
  });

  test("has tested the versions of the packages that the tests have", () => {
    const untold = packages.filter(({ package: name = "", tested = "" }) => {
      return !tested.includes(minorOf(installed(name)));
    });
    expect(untold).toEqual([]);
    expect(packages.length).toBeGreaterThan(6);
  });

  test.each([
    ["Express", ["express4", "express"]],
    ["Fastify", ["fastify"]],
    ["Koa", ["koa"]],
    ["Hono", ["hono"]],
    ["NestJS", ["@nestjs/core"]],
    ["Next.js", ["next"]],
  ])("has tested the versions of %s that the tests have", (framework, names) => {
    const tested = frameworks.find((row) => row.framework === framework)?.tested?.split(", ") ?? [];
    for (const name of names) {
      expect(manifest.devDependencies[name]).toBeDefined();
      expect(tested).toContain(majorOf(installed(name)));
    }
  });

  test("has a test for every row, which is there", () => {
    const rows = [...tools, ...tableOf("Databases"), ...packages, ...frameworks];
    expect(rows.length).toBeGreaterThan(20);
    for (const { by = "", ...row } of rows) {
      const files = [...by.matchAll(/\b(?:test|scripts)\/[\w./-]+\.ts/g)].map(([file]) => file);
      if (by !== "the same") expect(files, JSON.stringify(row)).not.toEqual([]);
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    }
  });
});
