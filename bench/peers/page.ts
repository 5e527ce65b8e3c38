import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";

/**
 * Puts text between the markers of that name on a page: `<!-- figures: NAME -->` and `<!-- /figures -->`.
 *
 * @throws if the page has no such markers.
 */
export async function fillIn(page: string, texts: Readonly<Record<string, string>>): Promise<void> {
  let text = await readFile(page, "utf8");
  for (const [name, figures] of Object.entries(texts)) {
    const begin = `<!-- figures: ${name} -->\n`;
    const from = text.indexOf(begin);
    const to = text.indexOf("<!-- /figures -->", from);
    if (from < 0 || to < 0) throw new Error(`${page} has no place for ${name}`);
    text = `${text.slice(0, from + begin.length)}\n${figures}\n\n${text.slice(to)}`;
  }
  await writeFile(page, text);
}

/** A table of Markdown; the first column is text, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join(
    "\n",
  );
}

const require = createRequire(import.meta.url);

/** What was measured, on what. */
export async function surroundings(packages: readonly string[]): Promise<string> {
  const versions = await Promise.all(packages.map(async (name) => `${name} ${await versionOf(name)}`));
  const [{ model = "unknown" } = {}] = cpus();
  return `Node ${process.version}, ${cpus().length} cores (${model.trim()}), ${process.platform}; ${versions.join(", ")}.`;
}

/** Packages need not export their package.json: it is looked for above what they do export. */
async function versionOf(name: string): Promise<string> {
  let folder = dirname(require.resolve(name));
  for (;;) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
    const manifest = JSON.parse(text) as { name?: string; version?: string };
    if (manifest.name === name && manifest.version !== undefined) return manifest.version;
    if (dirname(folder) === folder) throw new Error(`the version of ${name} is not known`);
    folder = dirname(folder);
  }
}
