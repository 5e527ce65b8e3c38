import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { messageOf } from "../thrown.ts";
import { UsageError } from "./errors.ts";

/**
 * Sets what files such as `.env` say, as `node --env-file` does: what the environment has stays, and a later file goes
 * before an earlier one.
 *
 * @throws UsageError
 */
export function loadEnvFiles(paths: readonly string[]): void {
  const said: NodeJS.Dict<string> = {};
  for (const path of paths) Object.assign(said, parseEnv(read(path)));
  for (const [name, value] of Object.entries(said)) process.env[name] ??= value;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${path} could not be read: ${messageOf(error)}`);
  }
}
