import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** A package of the application's. */
export interface FoundPackage {
  readonly version: string;
  /** Loads the package, or a part of it such as `better-auth/db/migration`. */
  load(specifier: string): Promise<unknown>;
}

/**
 * Looks for a package in each of the folders in turn, as a module in there would. A package that is no dependency
 * of this one is not to be had by `import` alone: pnpm and Yarn's PnP show a module only what its own package declares.
 */
export function findPackage(name: string, folders: readonly string[]): FoundPackage | undefined {
  for (const folder of folders) {
    const { resolve } = createRequire(join(folder, "any.js"));
    const entry = attempt(() => resolve(name));
    if (entry === undefined) continue;
    return {
      version: versionOf(name, dirname(entry)),
      load: (specifier) => import(pathToFileURL(resolve(specifier)).href),
    };
  }
  return undefined;
}

/** Not every package exports its package.json, so it is read from the file system, above the entry. */
function versionOf(name: string, folder: string): string {
  const text = attempt(() => readFileSync(join(folder, "package.json"), "utf8"));
  const manifest: { name?: unknown; version?: unknown } = text === undefined ? {} : JSON.parse(text);
  if (manifest.name === name) return String(manifest.version);
  const above = dirname(folder);
  return above === folder ? "unknown" : versionOf(name, above);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
