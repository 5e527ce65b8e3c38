import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as plugbayExports from "plugbay";
import { describe, expect, test } from "vitest";
import { statusOf } from "../../src/admin/problems/status-of.ts";
import { exitCodeOf } from "../../src/cli/exit-codes.ts";
import { samples } from "../error-samples.ts";
import { plainCells } from "./table-cells.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/errors.md"), "utf8");

/** The cells of a table's rows, without the marks of code. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map(plainCells);

const toldErrors = rows.filter(([code = ""]) => /^[A-Z_]+$/.test(code));
const toldKinds = rows.filter(([kind]) => samples.some((sample) => sample[2] === kind));

describe("docs/errors.md", () => {
  test("has every class of errors, with its code and its kind, and no other", () => {
    const told = toldErrors.map(([code, name, kind]) => `${code} ${name} ${kind}`);
    expect(told.sort()).toEqual(samples.map(([error, code, kind]) => `${code} ${error.name} ${kind}`).sort());
  });

  test("says of every error when it comes", () => {
    expect(toldErrors.filter(([, , , when = ""]) => !/^.{20,}\.$/.test(when))).toEqual([]);
  });

  test("has the status and the exit code of every kind that an error has", () => {
    expect(toldKinds.map(([kind]) => kind).sort()).toEqual(
      [...new Set(samples.map(([, , kind]) => kind))].sort(),
    );
    for (const [kind, , status, exitCode] of toldKinds) {
      const [error] = samples.find((sample) => sample[2] === kind && !isAboutMigrations(sample[1])) ?? [];
      if (error === undefined) throw new Error(`no error is of the kind ${kind}`);
      expect([kind, `${statusOf(error)}`, `${exitCodeOf(error)}`]).toEqual([kind, status, exitCode]);
    }
  });

  test("says which errors end a command with another exit code than that of their kind", () => {
    const [line = ""] = /^The codes .* end a command with 5\.$/m.exec(page) ?? [];
    const told = [...line.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code);
    const differing = samples.filter(([error]) => exitCodeOf(error) === 5).map(([, code]) => code);
    expect(told.sort()).toEqual([...new Set(differing)].sort());
  });

  test("says only of the command line's errors that their classes are not exported", () => {
    const [, section = ""] = page.split("## The command line\n");
    const hidden = toldErrors
      .map(([, name = ""]) => name)
      .filter((name) => !(name in plugbayExports) && !section.includes(`\`${name}\``));
    expect(hidden.sort()).toEqual(["TelemetryApiMissingError", "UnreadableSecretError", "UserTablesError"]);
  });
});

function isAboutMigrations(code: string): boolean {
  return ["MIGRATION_BLOCKED", "MIGRATION_REQUIRED", "NEWER_DATABASE", "SCHEMA_MISSING"].includes(code);
}
