import type { Command } from "commander";
import { print, type Report } from "./report.ts";

/** The options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly envFile?: readonly string[];
  readonly json?: true;
}

/** A command that goes by the config. */
export const addCommand = (
  program: Command,
  usage: string,
  description: string,
  examples: readonly string[],
): Command =>
  addBareCommand(
    program,
    usage,
    description,
    examples.map((example) => `plugbay ${example}`),
  )
    .option(
      "--config <path>",
      "the config file (default: plugbay.config.ts, .mts, .cts, .js, .mjs or .cjs, in this order, here or in src)",
    )
    .option(
      "--env-file <path>",
      "sets variables that the environment does not, as in Node; may be given more than once",
      (path, before: readonly string[] = []) => [...before, path],
    );

/** A command that needs no config. */
export const addBareCommand = (
  program: Command,
  usage: string,
  description: string,
  examples: readonly string[],
): Command =>
  program
    .command(usage)
    .description(description)
    .option("--json", "print JSON, errors included")
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}`);

/** The action of a command that does its work and then prints what it reports. */
export function reporting<Args extends unknown[]>(work: (...args: Args) => Promise<Report>) {
  return async function (this: Command, ...args: Args): Promise<void> {
    print(await work(...args), this.opts<CommonOptions>().json === true);
  };
}
