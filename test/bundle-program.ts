import { mkdir, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const folder = join(root, "node_modules", ".cache", "plugbay-programs");

/**
 * A program of the tests as one file of JavaScript: a process that compiles TypeScript for itself takes five times
 * as long to start, and the tests start many. Its place is one from which it finds the drivers.
 */
export async function bundleProgram(source: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const program = join(folder, `${basename(source, ".ts")}.mjs`);
  // Test files bundle side by side.
  const draft = `${program}-${process.pid}`;
  await build({
    entryPoints: [source],
    outfile: draft,
    tsconfig: join(root, "tsconfig.json"),
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
  });
  await rename(draft, program);
  return program;
}
