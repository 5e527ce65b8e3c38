import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..", "..");
const cache = join(root, "node_modules", ".cache", "plugbay-command");

/**
 * The command as it is shipped, in JavaScript: started from TypeScript it takes twice as long, and the
 * tests start it often. Compiled anew when a source file has changed.
 */
export async function compiledCommand(): Promise<string> {
  const folder = join(cache, String(await lastChange()));
  if (!existsSync(folder)) await compile(folder);
  return join(folder, "dist", "cli", "main.js");
}

async function lastChange(): Promise<number> {
  const files = await readdir(join(root, "src"), { recursive: true });
  const times = files.map(async (file) => (await stat(join(root, "src", file))).mtimeMs);
  return Math.max(...(await Promise.all(times)));
}

/** Test files compile side by side; the first one to be done is the one that counts. */
async function compile(folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "draft-"));
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["-p", join(root, "tsconfig.build.json"), "--noCheck", "--declaration", "false"];
  await promisify(execFile)(process.execPath, [compiler, ...options, "--outDir", join(draft, "dist")]);
  await copyFile(join(root, "package.json"), join(draft, "package.json"));
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
}
