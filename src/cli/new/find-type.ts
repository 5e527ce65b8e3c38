import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, relative, resolve } from "node:path";
import type { TypeIdentity } from "../../definition/identity.ts";
import { isPluginType } from "../../definition/plugin-type.ts";
import { messageOf } from "../../thrown.ts";
import { AmbiguousError, NotFoundError, UsageError } from "../errors.ts";
import { importModule } from "../loading/import-module.ts";
import { typeName } from "../wording.ts";
import { type Declaration, declarationIn } from "./declaration.ts";
import { sourceFiles } from "./source-files.ts";

/** Where the token of a plugin type is imported from. */
export interface FoundType extends Declaration {
  /** The file, as an absolute path, or the package. */
  readonly from: string;
  readonly isPackage: boolean;
}

/**
 * The declaration of a registered type, in the files below a folder.
 *
 * @throws NotFoundError, AmbiguousError
 */
export function findTypeBelow(folder: string, type: TypeIdentity): FoundType {
  const all = sourceFiles(folder).flatMap((from): FoundType[] => {
    const declaration = declarationIn(from, type);
    return declaration === undefined ? [] : [{ ...declaration, from, isPackage: false }];
  });
  const [found, ...others] = all;
  const hint = "say which module exports it with --type-from";
  if (found === undefined) {
    throw new NotFoundError(`no file here was found to declare ${typeName(type)}; ${hint}`);
  }
  if (others.length > 0) {
    const files = all.map(({ from }) => `\n  ${relative("", from)}`).join("");
    throw new AmbiguousError(`several files declare ${typeName(type)}; ${hint}:${files}`);
  }
  return found;
}

/**
 * A registered type in the module that somebody has named: a path from the working directory, or a package.
 *
 * @throws UsageError where it does not load, or does not export the type
 */
export async function findTypeIn(module: string, type: TypeIdentity, config: string): Promise<FoundType> {
  const isPackage = !existsSync(resolve(module));
  const file = isPackage ? fileOf(module, config) : resolve(module);
  const declaration = isPackage ? undefined : declarationIn(file, type);
  if (declaration !== undefined) return { ...declaration, from: file, isPackage };
  const exported = Object.entries(await load(module, file));
  const [token] =
    exported.find(
      ([, value]) => isPluginType(value) && value.name === type.name && value.manager === type.manager,
    ) ?? [];
  if (token === undefined) throw new UsageError(`${module} does not export ${typeName(type)}`);
  return { token, contract: undefined, from: isPackage ? module : file, isPackage };
}

/** The file of a package, as the config finds it. */
function fileOf(name: string, config: string): string {
  try {
    return createRequire(resolve(dirname(config), "any.js")).resolve(name);
  } catch (error) {
    throw new UsageError(`there is no file and no package "${name}": ${messageOf(error)}`, { cause: error });
  }
}

async function load(module: string, file: string): Promise<Record<string, unknown>> {
  try {
    return await importModule(file);
  } catch (error) {
    throw new UsageError(`${module} could not be loaded: ${messageOf(error)}`, { cause: error });
  }
}
