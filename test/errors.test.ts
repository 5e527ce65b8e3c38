import { join } from "node:path";
import * as plugbayExports from "plugbay";
import { type ErrorKind, PlugbayError } from "plugbay";
import { describe, expect, test } from "vitest";
import { statusOf } from "../src/admin/problems/status-of.ts";
import { exitCodeOf } from "../src/cli/exit-codes.ts";
import { makeSamples, samples } from "./error-samples.ts";
import { files, source } from "./house/source-files.ts";

/** Every class of errors that there is, by its name; also those that are not exported to users. */
const loaded = await Promise.all(
  files()
    .filter((file) => /(^|[/-])errors\.ts$/.test(file))
    .map((file) => import(join(source, file)) as Promise<Record<string, unknown>>),
);
const isErrorClass = (value: unknown): value is typeof PlugbayError =>
  typeof value === "function" && value.prototype instanceof Error;
const classes = loaded
  .flatMap((module) => Object.entries(module))
  .filter(([name, value]) => name !== "PlugbayError" && isErrorClass(value));

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  unavailable: 503,
  timeout: 503,
  failed: 500,
  internal: 500,
};

const exitCodes: Readonly<Record<ErrorKind, number>> = {
  failed: 1,
  forbidden: 1,
  internal: 1,
  timeout: 1,
  invalid: 2,
  "not-found": 3,
  conflict: 4,
  unavailable: 6,
};

const aboutMigrations = ["MIGRATION_BLOCKED", "MIGRATION_REQUIRED", "NEWER_DATABASE", "SCHEMA_MISSING"];

test("every class of errors has a sample here", () => {
  expect(samples.map(([error]) => error.name).sort()).toEqual(classes.map(([name]) => name).sort());
});

test("every class has its code, its kind and its message each time that one is made", () => {
  for (const [index, [error, code, kind]] of makeSamples().entries()) {
    expect(error).toMatchObject({ code, kind, message: samples[index]?.[0].message });
  }
});

test("every class that users get is one of them", () => {
  const published = Object.entries(plugbayExports).filter(([, value]) => isErrorClass(value));
  const known = new Set(["PlugbayError", ...classes.map(([name]) => name)]);
  expect(published.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
  expect(published.length).toBeGreaterThan(40);
});

describe.each(samples.map((sample) => [sample[0].name, ...sample] as const))(
  "%s",
  (name, error, code, kind) => {
    test("has a name, a code, a kind and a message", () => {
      expect(error).toMatchObject({ name, code, kind, message: expect.stringMatching(/./) });
      expect(error).toBeInstanceOf(PlugbayError);
      expect(error.constructor).toHaveProperty("errorName", name);
    });

    test("has the status and the exit code of its kind", () => {
      expect(statusOf(error)).toBe(statuses[kind]);
      expect(exitCodeOf(error)).toBe(aboutMigrations.includes(code) ? 5 : exitCodes[kind]);
    });
  },
);

test.each([
  ["an error of another realm, or copy", { message: "x", code: "X", kind: "conflict" }, 4],
  ["a kind that nobody knows", { message: "x", kind: "curious" }, 1],
  ["a name of what all objects have", { message: "x", kind: "constructor" }, 1],
  ["a code of what all objects have", { message: "x", code: "constructor" }, 1],
  ["another error", new Error("x"), 1],
  ["a text", "conflict", 1],
  ["nothing", undefined, 1],
])("%s has the exit code of what it says it is", (_, error, code) => expect(exitCodeOf(error)).toBe(code));

test("an error of an application without a kind is what nobody foresaw", () => {
  const error = Object.assign(Object.create(PlugbayError.prototype), { code: "OURS" }) as PlugbayError;
  expect(statusOf(error)).toBe(500);
});
