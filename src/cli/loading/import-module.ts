import { pathToFileURL } from "node:url";
import { codeOf, nameOf } from "../../thrown.ts";
import { loadTypeScript } from "./typescript-loader.ts";

type Module = Record<string, unknown>;

/** What Node says of what it cannot load, though a compiler could: extensions left out, TypeScript, mixed module kinds. */
const beyondNode = new Set([
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
  "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
  "ERR_REQUIRE_ESM",
  "ERR_IMPORT_ATTRIBUTE_MISSING",
]);

/**
 * Loads a module of the application's. Node itself loads JavaScript, so that what it imports is the same as elsewhere,
 * and runs once; a compiler loads TypeScript, and JavaScript that imports some.
 */
export async function importModule(path: string): Promise<Module> {
  if (!/\.[cm]?js$/.test(path)) return loadTypeScript(path);
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    const isBeyondNode = nameOf(error) === "SyntaxError" || beyondNode.has(String(codeOf(error)));
    if (!isBeyondNode) throw error;
    return loadTypeScript(path);
  }
}
