import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..", "..");
const cache = join(root, "node_modules", ".cache", "plugbay-command");

/**
 * The command in JavaScript, in a few files: started from TypeScript, or from one file for each of its modules, it
 * takes twice as long, and the tests start it often. Bundled anew when a source file has changed.
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
  await build({
    absWorkingDir: root,
    entryPoints: ["src/cli/main.ts"],
    outbase: "src",
    outdir: join(draft, "dist"),
    // Beside the command, which looks for package.json from where it is.
    chunkNames: "cli/[name]-[hash]",
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
  });
  await copyFile(join(root, "package.json"), join(draft, "package.json"));
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
}
