import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { findPackageManager, type PackageManager } from "./package-manager.ts";
import { type ProjectManifest, readManifest } from "./read-manifest.ts";

/** What serves the application's requests, the outermost first: Nest brings Express. */
export const frameworks = ["nest", "next", "fastify", "hono", "koa", "express", "node"] as const;
export type Framework = (typeof frameworks)[number];

/** What runs the project's tests; `node` is `node:test`. */
export type Runner = "vitest" | "jest" | "node";

export const databases = ["sqlite", "postgres", "mysql"] as const;
export type DatabaseName = (typeof databases)[number];

/** What new files have to know of the project that they are for. */
export interface Project {
  /** As package.json has it, or the folder. */
  readonly name: string;
  /** Whether there is no package.json yet. */
  readonly isNew: boolean;
  readonly language: "typescript" | "javascript";
  /** How files load each other. TypeScript is written with `import` either way. */
  readonly modules: "esm" | "commonjs";
  /** What the path of a neighbouring file ends with where it is imported. */
  readonly suffix: ".js" | ".ts" | "";
  /** Whether the compiler refuses parameters that nothing reads. */
  readonly refusesUnused: boolean;
  readonly framework: Framework;
  readonly runner: Runner;
  readonly database: DatabaseName;
  /** Where the sources are, from the project's folder. */
  readonly sources: "src/" | "";
  readonly packageManager: PackageManager;
  /** The names of the packages in package.json. */
  readonly packages: ReadonlySet<string>;
}

/** What somebody has said instead of leaving it to be found. */
export interface Choices {
  readonly framework?: Framework;
  readonly database?: DatabaseName;
}

const packageOf: Readonly<Record<Framework, string | undefined>> = {
  nest: "@nestjs/core",
  next: "next",
  fastify: "fastify",
  hono: "hono",
  koa: "koa",
  express: "express",
  node: undefined,
};

/** What a folder has in it. A new project is one of ES modules, in TypeScript. @throws UsageError */
export function readProject(folder: string, choices: Choices = {}): Project {
  const manifest = readManifest(folder);
  const packages = new Set(Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }));
  const has = (name: string | undefined): boolean => name !== undefined && packages.has(name);
  const isThere = (path: string): boolean => existsSync(join(folder, path));
  const isNew = manifest === undefined;
  const { framework = frameworks.find((one) => has(packageOf[one])) ?? "node" } = choices;
  const isTyped = isNew || isThere("tsconfig.json") || has("typescript");
  const settings = isThere("tsconfig.json") ? readFileSync(join(folder, "tsconfig.json"), "utf8") : "";
  // Next compiles its JavaScript, whatever package.json says.
  const isModule = isNew || manifest.type === "module" || (framework === "next" && !isTyped);
  const module = isModule ? "esm" : "commonjs";
  return {
    name: typeof manifest?.name === "string" ? manifest.name : basename(folder),
    isNew,
    language: isTyped ? "typescript" : "javascript",
    modules: module,
    suffix: isTyped ? suffixOf(framework, module, settings) : ".js",
    refusesUnused: isTyped && isOn(settings, "noUnusedParameters"),
    framework,
    runner: runnerOf(manifest, has),
    database: choices.database ?? (has("pg") ? "postgres" : has("mysql2") ? "mysql" : "sqlite"),
    sources: isNew || sourcesAreBelow(framework, isThere) ? "src/" : "",
    packageManager: findPackageManager(folder),
    packages,
  };
}

function suffixOf(framework: Framework, modules: Project["modules"], settings: string): Project["suffix"] {
  const keepsSuffix =
    isOn(settings, "allowImportingTsExtensions") || isOn(settings, "rewriteRelativeImportExtensions");
  // Turbopack takes no `.js` for a `.ts` file.
  if (framework === "next") return "";
  if (keepsSuffix) return ".ts";
  return modules === "esm" ? ".js" : "";
}

/** Whether a tsconfig.json, which may have comments, switches something on. */
const isOn = (settings: string, option: string): boolean =>
  new RegExp(`^[^/\n]*"${option}"\\s*:\\s*true`, "m").test(settings);

/** A script that says which one it is counts more than what is installed beside it. */
function runnerOf(manifest: ProjectManifest | undefined, has: (name: string) => boolean): Runner {
  const script = String(manifest?.scripts?.test ?? "");
  const runners = ["vitest", "jest"] as const;
  const said = runners.find((runner) => new RegExp(`\\b${runner}\\b`).test(script));
  return said ?? runners.find((runner) => has(runner)) ?? "node";
}

/** Next has its routes in `app` or `pages`, in `src` or beside it, and nowhere else. */
function sourcesAreBelow(framework: Framework, isThere: (path: string) => boolean): boolean {
  if (framework !== "next") return isThere("src");
  const isBelow = isThere("src/app") || isThere("src/pages");
  return isBelow || (isThere("src") && !isThere("app") && !isThere("pages"));
}

/** What files of the project's own language end with. */
export const extensionOf = ({ language }: Project): "ts" | "js" => (language === "typescript" ? "ts" : "js");

/** How the names of test files end: the settings of a Nest project look for others than most. */
export const testEnding = ({ framework, runner }: Project): ".spec" | ".test" =>
  framework === "nest" && runner !== "node" ? ".spec" : ".test";

/** The test of what is in a file, which is named without its extension. */
export const testFile = (path: string, project: Project): string =>
  `${path}${testEnding(project)}.${extensionOf(project)}`;
