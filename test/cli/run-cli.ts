import { fileURLToPath } from "node:url";
import { runCommand } from "../../src/cli/run-command.ts";
import { LentProcess } from "./lent-process.ts";
import type { Outcome } from "./outcome.ts";

/**
 * Runs the command to its end, in a folder and without a terminal. It runs within this process, which takes a few
 * milliseconds where a process of its own takes a second; what only such a one shows is in `cli-process.ts`.
 */
export const runCli = (folder: string, ...operands: string[]): Promise<Outcome> =>
  pipeToCli("", folder, ...operands);

/** The same, with something on its standard input. */
export async function pipeToCli(input: string, folder: string, ...operands: string[]): Promise<Outcome> {
  const lent = new LentProcess(folder, input);
  try {
    await runCommand(operands);
    return await lent.outcome();
  } finally {
    lent.takeBack();
  }
}

/** The operands that choose a config of the folder `fixtures`. */
export const config = (
  name: "plugbay" | "few" | "broken" | "unreachable" | "payment" | "push" | "reasons" | "schema",
): [string, string] => ["--config", fileURLToPath(new URL(`./fixtures/${name}.config.ts`, import.meta.url))];
