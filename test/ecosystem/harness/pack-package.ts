import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { withoutVitest } from "./run-program.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const limit = 5 * 60_000;

/** Packs `dist` into the folder, built anew first where it is not of these sources; gives the tarball's path. */
export async function packPackage(folder: string): Promise<string> {
  await npm("run", "prepare");
  await npm("pack", "--ignore-scripts", "--pack-destination", folder);
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack left no tarball");
  return join(folder, tarball);
}

async function npm(...args: readonly string[]): Promise<void> {
  // With Vitest's NODE_ENV the panel would be built with React for development.
  await promisify(execFile)("npm", args, { cwd: root, timeout: limit, env: withoutVitest() });
}
