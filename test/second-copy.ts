import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules", ".cache");

interface Copy {
  readonly plugbay: typeof import("plugbay");
  readonly admin: typeof import("plugbay/admin");
}

/**
 * Another copy of the package, as `require` beside `import` loads one, a dependency with a plugbay of its own, or Jest
 * after jest.resetModules().
 */
export async function loadSecondCopy(): Promise<Copy> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "plugbay-copy-"));
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ["src/index.ts", "src/admin/index.ts"],
      outbase: "src",
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      packages: "external",
      format: "esm",
      platform: "node",
      target: "node20",
    });
    return {
      plugbay: await import(join(folder, "index.mjs")),
      admin: await import(join(folder, "admin", "index.mjs")),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
