import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actions, sources } from "../../src/store/change.ts";
import { describeTables, typesOf } from "../../src/store/described-tables.ts";
import { dialects } from "../../src/store/dialects.ts";
import { eventKinds } from "../../src/store/event-row.ts";
import { tableNames } from "../../src/store/table-names.ts";
import { plainCells } from "./table-cells.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/tables.md"), "utf8");
const tables = await describeTables(tableNames());

/** What stands under a heading, down to the next one. */
const sectionOf = (heading: string): string =>
  page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? `no section ${heading}`;

/** The rows of a section's table, without the marks of code. */
const rowsOf = (section: string): string[][] =>
  section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map(plainCells);

/** The words in marks of code in a column's row. */
const wordsOf = (table: string, column: string): string[] => {
  const what = rowsOf(sectionOf(table)).find(([name]) => name === column)?.[3] ?? "";
  return [...what.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
};

describe("docs/tables.md", () => {
  test("has a section for every table, and for no other", () => {
    const told = [...page.matchAll(/^## (plugbay_\w+)$/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(tables.map(({ name }) => name).sort());
    expect(page).toContain(`plugbay has ${tables.length} tables`);
  });

  test.each(tables.map((table) => [table.name, table] as const))(
    "tells the columns of %s, their types, and what is unique",
    (name, { columns, primaryKey, uniques, foreignKeys }) => {
      const section = sectionOf(name);
      const rows = rowsOf(section);
      expect(rows.map((cells) => cells.slice(0, 3).join(" ")).sort()).toEqual(
        columns.map((column) => `${column.name} ${column.kind} ${column.isNullable ? "yes" : "no"}`).sort(),
      );
      expect(rows.filter(([, , , what = ""]) => !/^.{3,}\.$/.test(what))).toEqual([]);
      const keys = [primaryKey, ...uniques].map((key) => `(${key.map((one) => `\`${one}\``).join(", ")})`);
      const references = foreignKeys.map(({ column, table }) => ` \`${column}\` points at \`${table}\`.`);
      expect(section).toContain(`\nUnique: ${keys.join(", ")}.${references.join("")}\n`);
    },
  );

  test("tells what every database calls the types of columns", () => {
    const told = rowsOf(sectionOf("Types of columns")).map(([kind, , ...types]) => [kind, ...types]);
    const types = [dialects.sqlite, dialects.postgres, dialects.mysql].map(typesOf);
    const [first] = types;
    if (first === undefined) throw new Error("there are no databases");
    const kinds = Object.keys(first) as (keyof typeof first)[];
    expect(told).toEqual(kinds.map((kind) => [kind, ...types.map((of) => of[kind])]));
  });

  test("tells every word that the history and the timeline may have", () => {
    expect(wordsOf("plugbay_audit", "action")).toEqual([...actions]);
    expect(wordsOf("plugbay_audit", "source")).toEqual([...sources]);
    expect(wordsOf("plugbay_event", "kind")).toEqual([...eventKinds]);
  });
});
