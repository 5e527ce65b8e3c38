import type { Command } from "commander";
import { print, type Report } from "./report.ts";

/** The options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly json?: true;
}

export function addCommand(
  program: Command,
  usage: string,
  description: string,
  examples: readonly string[],
): Command {
  return program
    .command(usage)
    .description(description)
    .option(
      "--config <path>",
      "the config file (default: plugbay.config.ts, .mts, .js or .mjs, in this order)",
    )
    .option("--json", "print JSON, errors included")
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ plugbay ${example}`).join("\n")}`);
}

/** The action of a command that does its work and then prints what it reports. */
export function reporting<Args extends unknown[]>(work: (...args: Args) => Promise<Report>) {
  return async function (this: Command, ...args: Args): Promise<void> {
    print(await work(...args), this.opts<CommonOptions>().json === true);
  };
}
