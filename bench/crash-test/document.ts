import { readFile, writeFile } from "node:fs/promises";

const page = new URL("../../docs/crash-test.md", import.meta.url);

/** Puts a table in the place of the one that has this name in the documentation. */
export async function document(name: string, table: string): Promise<void> {
  const text = await readFile(page, "utf8");
  const begin = `<!-- ${name} -->\n`;
  const end = `<!-- end of ${name} -->\n`;
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/crash-test.md has no place for ${name}`);
  await writeFile(page, `${before}${begin}${table}${end}${after}`);
}

export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
