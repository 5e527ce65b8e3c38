import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, messageOf } from "../../thrown.ts";
import { UsageError } from "../errors.ts";

/** What is read of a project's package.json. What is in there may be anything. */
export interface ProjectManifest {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly packageManager?: unknown;
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

/** The package.json of a folder; undefined where there is none. @throws UsageError where it cannot be read */
export function readManifest(folder: string): ProjectManifest | undefined {
  const file = join(folder, "package.json");
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new UsageError(`${file} could not be read: ${messageOf(error)}`, { cause: error });
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new UsageError(`${file} is no package.json`);
  return read;
}
