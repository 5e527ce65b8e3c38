import { cp, mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runCommand } from "../cli/cli-process.ts";
import { compiledCommand } from "../cli/compiled-command.ts";
import type { Outcome } from "../cli/outcome.ts";

const modules = join(import.meta.dirname, "..", "..", "node_modules");

/** What an install brings, and the packages that the build bundles. */
const installed = [
  "@standard-schema/spec",
  "commander",
  "jiti",
  "picocolors",
  "kysely",
  "@photostructure/sqlite",
  "hono",
  "@hono/node-server",
  "@cfworker/json-schema",
  "typebox",
  "get-east-asian-width",
];

/** The command as somebody has it who installed no optional package but SQLite's. */
export async function commandWithoutOptionalPackages(
  place: string,
): Promise<(folder: string, ...operands: string[]) => Promise<Outcome>> {
  const main = await compiledCommand();
  const home = join(place, "installed");
  await cp(dirname(dirname(dirname(main))), home, { recursive: true });
  for (const name of installed) {
    const link = join(home, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(modules, name), link);
  }
  return (folder, ...operands) => runCommand(join(home, "dist", "cli", "main.js"), folder, ...operands);
}
