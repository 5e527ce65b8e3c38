import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { entries } from "./entries.ts";
import { publicTypes } from "./public-types.ts";

const folder = join(import.meta.dirname, "api");
const pageOf = (entry: string): string => `${entry === "." ? "plugbay" : entry.slice(2)}.md`;
const types = publicTypes(entries);

// `npm run update:api` writes what is declared now.
test.each(entries)("the types of $entry are those that were agreed upon", async ({ entry }) => {
  await expect(types.get(entry)).toMatchFileSnapshot(join(folder, pageOf(entry)));
});

test("no other types are on record", () => {
  expect(readdirSync(folder).sort()).toEqual(entries.map(({ entry }) => pageOf(entry)).sort());
});
