import { describe, expect, test } from "vitest";
import { files, type Import, importsOf } from "./source-files.ts";

/** What is in src, from the ground up: a file imports what stands before its own layer, or beside it. */
const layers = [
  "vendor",
  "harmless-text.ts",
  "thrown.ts",
  "warn.ts",
  "errors.ts",
  "time",
  "definition",
  "secrets",
  "registry",
  "store",
  "sync",
  "selection",
  "instances",
  "serving",
  "calling",
  "following",
  "seeing",
  "control",
  "plugbay.ts",
  "open",
  "define-config.ts",
  "index.ts",
  "opentelemetry",
  "testing",
  "admin",
  "adapters",
  "serve",
  "cli",
];

const layerOf = (file: string): string => file.split("/")[0] ?? file;
const rank = (file: string): number => layers.indexOf(layerOf(file));

/** What the command `plugbay` has beside the library. */
const isCommand = (file: string): boolean => ["serve", "cli"].includes(layerOf(file));

const imports = files().flatMap(importsOf);
const inside = imports.filter(({ isPackage }) => !isPackage);
const outside = imports.filter(({ isPackage }) => isPackage);
const show = ({ from, to, kind }: Import): string => `${from} imports ${to} (${kind})`;

describe("the house", () => {
  test("has a place for every file", () => {
    expect(files().filter((file) => rank(file) === -1)).toEqual([]);
  });

  test("has imports that point down only, those of types included", () => {
    const up = inside.filter((one) => rank(one.to) > rank(one.from));
    expect(up.map(show)).toEqual([]);
    expect(inside.length).toBeGreaterThan(100);
  });

  test("has a command line, and a panel on its own, that no library file imports", () => {
    const ofCommand = inside.filter(({ from, to }) => isCommand(to) && !isCommand(from));
    expect(ofCommand.map(show)).toEqual([]);
  });

  test("has the public names for users only: no other file imports the index", () => {
    expect(inside.filter(({ to }) => to === "index.ts").map(show)).toEqual([]);
  });
});

describe("packages", () => {
  const builtin = /^node:/;
  // The adapters name types of the frameworks that they are for, and load none of them.
  const library = outside.filter(({ from }) => !isCommand(from) && layerOf(from) !== "vendor");
  const packages = (from: readonly Import[], kind: Import["kind"]): string[] =>
    [...new Set(from.filter((one) => one.kind === kind).map(({ to }) => to))].sort();

  test("that the library loads are kysely and Node's own", () => {
    expect(packages(library, "static").filter((name) => !builtin.test(name))).toEqual(["kysely"]);
  });

  test("whose parts are bundled are used by way of vendor/ alone", () => {
    const bundled = outside.filter(({ from }) => layerOf(from) === "vendor").map(({ to }) => to);
    expect([...new Set(bundled)].sort()).toEqual([
      "@cfworker/json-schema",
      "get-east-asian-width",
      "hono",
      "typebox",
      "yaml",
    ]);
    const besides = library.filter(({ to, kind }) => bundled.includes(to) && kind !== "type");
    expect(besides.map(show)).toEqual([]);
  });

  test("with database drivers, and OpenTelemetry, are loaded when they are needed, not before; and so is Next, in its build", () => {
    const drivers = ["@opentelemetry/api", "@photostructure/sqlite", "ioredis", "mysql2", "pg"];
    expect(packages(library, "dynamic")).toEqual([...drivers, "next/server.js"].sort());
  });

  const added = outside.filter(({ from }) => isCommand(from));

  test("that the command adds are three", () => {
    const names = packages(added, "static").filter((name) => !builtin.test(name));
    expect(names).toEqual(["commander", "jiti", "picocolors"]);
  });

  test("of the application, and its config, are loaded when they are asked for, from where the application has them", () => {
    const loads = added.filter(({ kind }) => kind === "dynamic");
    const loaders = ["cli/loading/import-module.ts", "serve/better-auth/find-package.ts"];
    expect(loads.map(({ from }) => from)).toEqual(loaders);
    const namers = added.filter(({ to }) => to.startsWith("better-auth"));
    expect(namers.every(({ from, kind }) => from.startsWith("serve/") && kind === "type")).toBe(true);
  });

  test("are of no use to the pure parts, beyond Node's own", () => {
    const pure = ["thrown.ts", "warn.ts", "errors.ts", "definition", "secrets", "registry", "selection"];
    const used = outside.filter(({ from, to, kind }) => {
      return pure.includes(layerOf(from)) && kind !== "type" && !builtin.test(to);
    });
    expect(used.map(show)).toEqual([]);
  });

  test("that speak SQL are for the store alone", () => {
    const speakers = outside.filter(
      ({ to, from }) => /^(kysely|pg|mysql2)/.test(to) && layerOf(from) !== "store",
    );
    expect(speakers.map(show)).toEqual([]);
  });
});
