import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readProject } from "../../src/cli/init/project.ts";
import { projectFiles } from "../../src/cli/init/project-files.ts";

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** Of the entries that the files of `plugbay init` import, where they are in the source. */
const entries: Readonly<Record<string, string>> = {
  plugbay: source("index.ts"),
  "plugbay/sqlite": source("store/sqlite/index.ts"),
};

/**
 * The config, type and plugins that `plugbay init` writes into a folder, over the source of plugbay: nothing is
 * installed there.
 */
export async function writeSenders(folder: string): Promise<void> {
  const isLoaded = (path: string) => /plugbay\.config|plugins\/\w+\.[jt]s$/.test(path);
  for (const { path, text } of projectFiles(readProject(folder)).filter((file) => isLoaded(file.path))) {
    const imported = text.replace(
      / from "(plugbay[\w/]*)"/g,
      (_, name: string) => ` from "${entries[name]}"`,
    );
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), imported);
  }
}

/** The text of a file in a folder. */
export const readIn = (folder: string, path: string): Promise<string> => readFile(join(folder, path), "utf8");
