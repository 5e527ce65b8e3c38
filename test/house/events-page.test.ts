import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EventName, Events, Readiness } from "plugbay";
import { describe, expect, test } from "vitest";
import { tableCells } from "./table-cells.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/events.md"), "utf8");

/** The names and fields of all events; the compiler asks for each. */
const events: { readonly [Name in EventName]: Readonly<Record<keyof Events[Name], true>> } = {
  change: { revision: true, types: true },
  readiness: { item: true, readiness: true },
  late: { item: true, attempt: true, runId: true, durationMs: true, status: true, error: true },
  stale: { since: true, cause: true },
  live: { revision: true },
  transport: { transport: true, reason: true },
  close: {},
};

const kinds: Readonly<Record<Readiness["kind"], true>> = {
  ready: true,
  making: true,
  failed: true,
  missing: true,
  cooling: true,
  held: true,
  idle: true,
};

/** The cells of the table's rows below a heading. */
const rowsOf = (heading: string): string[][] =>
  (page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map(tableCells);

const wordsOf = (text = ""): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, word = ""]) => word);

describe("docs/events.md", () => {
  test("has every event of plugbay.on, with its fields", () => {
    const rows = rowsOf("plugbay.on");
    expect(rows.map(([name]) => wordsOf(name)[0]).sort()).toEqual(Object.keys(events).sort());
    for (const [name, fields] of Object.entries(events)) {
      const row = rows.find((cells) => cells[0] === `\`${name}\``);
      expect(wordsOf(row?.[2]), name).toEqual(expect.arrayContaining(Object.keys(fields)));
    }
  });

  test("has every kind of readiness", () => {
    expect(rowsOf("Readiness").map(([kind]) => wordsOf(kind)[0])).toEqual(Object.keys(kinds));
  });
});
