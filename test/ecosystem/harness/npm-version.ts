import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { keepFirst } from "./keep-first.ts";
import { runProgram } from "./run-program.ts";

/** A command and what its arguments begin with. */
export type CommandLine = readonly [command: string, ...args: string[]];

/** npm of the given version, installed once a run; without a version, the one that is there. */
export async function npmOf(version?: string): Promise<CommandLine> {
  if (version === undefined) return ["npm"];
  const folder = join(inject("ecosystem").folder, `npm-${version}`);
  if (!existsSync(folder)) {
    const draft = await mkdtemp(`${folder}-`);
    const args = ["install", "--prefix", draft, "--prefer-offline", "--no-audit", "--no-fund"];
    const { code, stderr } = await runProgram(draft, "npm", [...args, `npm@${version}`]);
    if (code !== 0) throw new Error(`npm ${version} could not be installed:\n${stderr}`);
    await keepFirst(draft, folder);
  }
  return [process.execPath, join(folder, "node_modules/npm/bin/npm-cli.js")];
}
