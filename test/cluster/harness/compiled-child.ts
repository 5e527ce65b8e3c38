import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "node_modules", ".cache", "plugbay-cluster");

/**
 * The children's program, as one file of JavaScript: a process that compiles TypeScript for itself takes five
 * times as long to start, and the tests start many. Its place is one from which it finds the drivers.
 */
export async function compileChild(): Promise<string> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `child-${process.pid}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, "child.ts")],
    outfile: draft,
    tsconfig: join(root, "tsconfig.json"),
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
  });
  const program = join(folder, "child.mjs");
  await rename(draft, program);
  return program;
}
