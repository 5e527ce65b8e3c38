import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Config } from "../define-config.ts";
import type { OptionNames } from "../definition/known-options.ts";
import { asRegistry, type Registry } from "../registry/registry.ts";
import { messageOf } from "../thrown.ts";
import { checkNames } from "./check-names.ts";
import { ConfigError } from "./errors.ts";
import { importModule } from "./loading/import-module.ts";

/** Where a config is looked for, in this order: some compilers take files beside `src` for no part of the program. */
const fileNames = ["", "src/"].flatMap((folder) =>
  ["ts", "mts", "cts", "js", "mjs", "cjs"].map((extension) => `${folder}plugbay.config.${extension}`),
);

const optionNames: OptionNames<Config> = {
  database: true,
  plugins: true,
  namespace: true,
  prefix: true,
  prepareTimeoutMs: true,
  keys: true,
  push: true,
  alerts: true,
  serve: true,
  requireReason: true,
};

/** A config whose definitions have passed the checks of registration. */
export interface LoadedConfig extends Config {
  readonly plugins: Registry;
  /** The file, as it is called in messages. */
  readonly file: string;
}

/**
 * The config of the working directory, or of the given path.
 *
 * @throws ConfigError
 */
export async function loadConfig(path: string | undefined): Promise<LoadedConfig> {
  const file = path ?? findFile();
  const exported = await importDefault(file);
  if (!isConfig(exported)) {
    throw new ConfigError(`${file} must say "export default defineConfig({ database, plugins })"`);
  }
  checkNames(file, "the config", exported, optionNames);
  if (!["undefined", "boolean"].includes(typeof exported.requireReason)) {
    throw new ConfigError(`${file}: "requireReason" is true or false`);
  }
  try {
    return { ...exported, plugins: asRegistry(exported.plugins), file };
  } catch (error) {
    throw new ConfigError(`${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** The config file of the working directory, or of its folder `src`; undefined where there is none. */
export const presentConfig = (): string | undefined => fileNames.find((name) => existsSync(name));

function findFile(): string {
  const file = presentConfig();
  if (file !== undefined) return file;
  throw new ConfigError(
    `there is no plugbay.config.ts (or .mts, .cts, .js, .mjs, .cjs) in ${process.cwd()}, nor in its folder src; ` +
      `"plugbay init" makes one, and --config names one of another place`,
  );
}

async function importDefault(file: string): Promise<unknown> {
  const path = resolve(file);
  if (!existsSync(path)) throw new ConfigError(`there is no file ${relative("", path)}`);
  try {
    return defaultOf(await importModule(path));
  } catch (error) {
    throw new ConfigError(`${file} could not be loaded: ${messageOf(error)}`, { cause: error });
  }
}

function defaultOf(module: Record<string, unknown>): unknown {
  // jiti answers for `default` with the module itself where there is none.
  const exported = "default" in module ? module.default : undefined;
  // To Node the default of a CommonJS module is all its exports; one that was compiled to it has its own among them.
  const isCompiled = typeof exported === "object" && exported !== null && "__esModule" in exported;
  return isCompiled && "default" in exported ? exported.default : exported;
}

function isConfig(value: unknown): value is Config {
  return typeof value === "object" && value !== null && "database" in value && "plugins" in value;
}
