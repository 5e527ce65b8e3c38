import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "./workspace.ts";

const modules = join(import.meta.dirname, "..", "..", "node_modules");
const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)));

/** A config without plugins, behind statements that say on standard error what they found. */
export const configThat = (statements: string, database = '"app.db"'): string => `
  import { createRegistry } from ${source("index.ts")};
  import { sqlite } from ${source("store/sqlite/index.ts")};
  ${statements}
  export default { database: sqlite(${database}), plugins: createRegistry() };`;

/** A folder with files of an application, which has some of the packages that are installed here. */
export async function makeApplication(
  files: Readonly<Record<string, string | object>>,
  packages: readonly string[] = [],
): Promise<string> {
  const folder = await makeFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  for (const name of packages) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(modules, name), link);
  }
  return folder;
}
