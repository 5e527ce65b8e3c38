import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const sources = ["package.json", "tsconfig.base.json", "tsconfig.build.json", "src", "ui/src", "scripts"];
const buildLimit = 5 * 60_000;

/** Packs `dist` into the folder, built anew first where a source is younger than it; gives the tarball's path. */
export async function packPackage(folder: string): Promise<string> {
  const built = await timeOf(join(root, "dist/index.js"));
  const changed = await Promise.all(sources.map((source) => youngest(join(root, source))));
  if (Math.max(...changed) > built) await npm("run", "build");
  await npm("pack", "--ignore-scripts", "--pack-destination", folder);
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack left no tarball");
  return join(folder, tarball);
}

async function youngest(path: string): Promise<number> {
  if (!(await stat(path)).isDirectory()) return timeOf(path);
  const files = await readdir(path, { recursive: true });
  return Math.max(...(await Promise.all(files.map((file) => timeOf(join(path, file))))));
}

/** When the file was last changed, in milliseconds since 1970; 0: there is none. */
async function timeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}

async function npm(...args: readonly string[]): Promise<void> {
  await promisify(execFile)("npm", args, { cwd: root, timeout: buildLimit });
}
