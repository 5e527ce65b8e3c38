import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type Esbuild from "esbuild";
import type TypeScript from "typescript";

/** Compiles a module's decorators as the nearest tsconfig.json has them; undefined: by another way than this one. */
export type CompileDecorators = (source: string, file: string) => string | undefined;

/**
 * What compiles the decorators of a module: the application's own TypeScript, or else its esbuild, or that of its `tsx`.
 * TypeScript 7 does not compile for others.
 */
export function findCompiler(file: string): CompileDecorators | undefined {
  const places = [file, join(process.cwd(), "any.js")];
  const typescript = load<typeof TypeScript>("typescript", places);
  if (typeof typescript?.transpileModule === "function") return byTypeScript(typescript);
  const tsx = places.map((place) => attempt(() => createRequire(place).resolve("tsx/package.json")));
  const esbuild = load<typeof Esbuild>("esbuild", [...places, ...tsx.filter((place) => place !== undefined)]);
  return esbuild && byEsbuild(esbuild);
}

/** A package as a module in one of these places would load it. */
function load<Package>(name: string, places: readonly string[]): Package | undefined {
  for (const place of places) {
    const found = attempt(() => createRequire(place)(name) as Package);
    if (found !== undefined) return found;
  }
  return undefined;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const byTypeScript = (ts: typeof TypeScript): CompileDecorators => {
  const known = new Map<string, TypeScript.CompilerOptions>();
  const read = (config: string): TypeScript.CompilerOptions => {
    const { config: json = {} } = ts.readConfigFile(config, ts.sys.readFile);
    // Which files belong to the project does not matter, and may take long to find out.
    const host = { ...ts.sys, readDirectory: () => [] };
    return ts.parseJsonConfigFileContent(json, host, dirname(config), undefined, config).options;
  };
  const optionsFor = (file: string): TypeScript.CompilerOptions => {
    const config = ts.findConfigFile(dirname(file), ts.sys.fileExists);
    if (config === undefined) return {};
    const options = known.get(config) ?? read(config);
    known.set(config, options);
    return options;
  };
  const isModern = ({ target, module }: TypeScript.CompilerOptions): boolean => {
    if (target !== undefined) return target >= ts.ScriptTarget.ES2022;
    return Number.parseInt(ts.version, 10) >= 6 || (module ?? 0) >= ts.ModuleKind.Node16;
  };
  return (source, file) => {
    const options = optionsFor(file);
    const { outputText } = ts.transpileModule(source, {
      fileName: file,
      compilerOptions: {
        ...options,
        // Its default goes by the application's target, not by the one below.
        useDefineForClassFields: options.useDefineForClassFields ?? isModern(options),
        // The newest that has no decorators: for a later one they would stay as they are.
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.Preserve,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        importHelpers: false,
        noEmitHelpers: false,
        sourceMap: false,
        inlineSourceMap: false,
        inlineSources: false,
      },
    });
    return outputText;
  };
};

const byEsbuild =
  (esbuild: typeof Esbuild): CompileDecorators =>
  (_, file) => {
    const { outputFiles } = esbuild.buildSync({
      // By its path, because esbuild looks for no tsconfig beside a text.
      entryPoints: [file],
      absWorkingDir: dirname(file),
      write: false,
      logLevel: "silent",
      platform: "node",
      format: "esm",
      target: "es2022",
    });
    const compiled = outputFiles[0]?.text ?? "";
    // esbuild leaves out the metadata of TypeScript's own decorators, so these are for another to compile.
    const isLegacy = compiled.includes("__decorateClass(");
    return isLegacy ? undefined : compiled;
  };
