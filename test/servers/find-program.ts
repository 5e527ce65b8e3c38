import { accessSync, constants, readdirSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** The first program of one of these names in PATH or else in one of `folders`. */
export function findProgram(names: readonly string[], folders: readonly string[] = []): string | undefined {
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of [...path, ...folders]) {
    for (const name of names) {
      const program = join(folder, name);
      if (isExecutable(program)) return program;
    }
  }
  return undefined;
}

/**
 * The program `name` that is installed together with `program`: beside what `program` links to, or anywhere that
 * `findProgram` looks.
 */
export function findCompanion(program: string, name: string): string | undefined {
  const beside = join(dirname(realpathSync(program)), name);
  return isExecutable(beside) ? beside : findProgram([name]);
}

/** The folders `<parent>/<version>/bin`, the highest version first. */
export function versionedFolders(parent: string): string[] {
  try {
    return readdirSync(parent)
      .sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a))
      .map((version) => join(parent, version, "bin"));
  } catch {
    return [];
  }
}

function isExecutable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
