import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { transformSync } from "esbuild";
import type { Plugin } from "vite";

const root = join(import.meta.dirname, "..");
const source = join(root, "src/");

/** As deep as the source, so that what it looks for beside itself is found. */
const compiledFolder = join(root, ".compiled-src/");

/**
 * Has Node load the source itself, compiled file by file, where Vitest would evaluate each module for each test file
 * anew: that takes two seconds a test file, ten times as long. What Node has loaded, all test files of a process share.
 */
export function compiledSource(): Plugin {
  const isCompiled = new Set<string>();

  /** With all that the file imports. */
  function compile(file: string): void {
    if (isCompiled.has(file)) return;
    isCompiled.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, specifier = ""] of text.matchAll(relativeImport))
      compile(resolve(dirname(file), specifier));
    const target = compiledPath(file);
    if ((statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0) > statSync(file).mtimeMs) return;
    const { code } = transformSync(text, {
      loader: "ts",
      target: "node20",
      sourcefile: file,
      sourcemap: "inline",
      sourcesContent: false,
    });
    mkdirSync(dirname(target), { recursive: true });
    // Another run may load it at the same time.
    const draft = `${target}.${process.pid}`;
    writeFileSync(
      draft,
      code.replaceAll(relativeImport, (found) => found.replace(/\.ts"$/, '.js"')),
    );
    renameSync(draft, target);
  }

  return {
    name: "plugbay-compiled-source",
    enforce: "pre",
    resolveId(specifier, importer) {
      const base = importer === undefined ? root : dirname(importer);
      const file = specifier.startsWith(".") ? resolve(base, specifier) : specifier;
      if (!file.startsWith(source) || !file.endsWith(".ts")) return undefined;
      compile(file);
      return compiledPath(file);
    },
  };
}

/** `from "./x.ts"`, `import "./x.ts"` and `import("./x.ts")`. */
const relativeImport = /(?:\bfrom |\bimport |\bimport\()"(\.{1,2}\/[^"\n]+\.ts)"/g;

const compiledPath = (file: string): string =>
  join(compiledFolder, relative(source, file)).replace(/\.ts$/, ".js");
