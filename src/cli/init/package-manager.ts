import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readManifest } from "./read-manifest.ts";

/** What installs a project's packages. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** What is typed to have a package manager do something. */
interface Words {
  /** Installs what package.json says. */
  readonly install: string;
  /** Adds the packages that are named behind it. */
  readonly add: string;
  /** The same, for development alone. */
  readonly addForDevelopment: string;
  /** Runs a script of package.json. */
  readonly script: string;
  /** Runs a command that a package has brought. */
  readonly command: string;
}

export const words: Readonly<Record<PackageManager, Words>> = {
  npm: {
    install: "npm install",
    add: "npm install",
    addForDevelopment: "npm install --save-dev",
    script: "npm",
    command: "npx",
  },
  pnpm: {
    install: "pnpm install",
    add: "pnpm add",
    addForDevelopment: "pnpm add --save-dev",
    script: "pnpm",
    command: "pnpm exec",
  },
  yarn: {
    install: "yarn install",
    add: "yarn add",
    addForDevelopment: "yarn add --dev",
    script: "yarn",
    command: "yarn",
  },
  bun: {
    install: "bun install",
    add: "bun add",
    addForDevelopment: "bun add --dev",
    script: "bun run",
    command: "bunx",
  },
};

const lockFiles: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

/**
 * The package manager of the project in a folder: the one that its package.json or that of its workspace declares, or
 * that has left a lock file there; else the one that started this command; else npm.
 */
export function findPackageManager(folder: string): PackageManager {
  for (const place of [folder, ...workspacesAround(folder)]) {
    const found = declaredIn(place) ?? lockFiles.find(([file]) => existsSync(join(place, file)))?.[1];
    if (found !== undefined) return found;
  }
  return named(process.env.npm_config_user_agent) ?? "npm";
}

const declaredIn = (folder: string): PackageManager | undefined =>
  named(readManifest(folder)?.packageManager);

/** By texts such as `pnpm@10.1.0` and `yarn/4.6.0 npm/? node/v22.14.0`. */
function named(text: unknown): PackageManager | undefined {
  const [, name = ""] = /^(npm|pnpm|yarn|bun)[@/]/.exec(String(text)) ?? [];
  return Object.hasOwn(words, name) ? (name as PackageManager) : undefined;
}

/** The folders above that are the root of a workspace: what lies around a project otherwise is not its own. */
function* workspacesAround(folder: string): Generator<string> {
  for (let at = folder; dirname(at) !== at; ) {
    at = dirname(at);
    const isWorkspace =
      existsSync(join(at, "pnpm-workspace.yaml")) || readManifest(at)?.workspaces !== undefined;
    if (isWorkspace) yield at;
  }
}
