import { existsSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { runProgram } from "./run-program.ts";

/** A command and what its arguments begin with. */
export type CommandLine = readonly [command: string, ...args: string[]];

/** npm of the given version, installed once a run; without a version, the one that is there. */
export async function npmOf(version?: string): Promise<CommandLine> {
  if (version === undefined) return ["npm"];
  const prefix = join(inject("ecosystem").folder, `npm-${version}`);
  const cli = join(prefix, "node_modules/npm/bin/npm-cli.js");
  if (!existsSync(cli)) {
    const args = ["install", "--prefix", prefix, "--prefer-offline", "--no-audit", "--no-fund"];
    const { code, stderr } = await runProgram(inject("ecosystem").folder, "npm", [...args, `npm@${version}`]);
    if (code !== 0) throw new Error(`npm ${version} could not be installed:\n${stderr}`);
  }
  return [process.execPath, cli];
}
