import type { Command } from "commander";
import { addCommand, reporting } from "../command.ts";
import { newPlugin } from "../new/new-plugin.ts";

export function addNew(program: Command): void {
  const made = program.command("new").description("Writes files for plugins of registered types.");
  addCommand(
    made,
    "plugin",
    "Writes a plugin of a registered type with the methods that it must have, and its tests. What is there is left as it is.",
    ["new plugin sms_ir --type otp", "new plugin stripe --type apps/payment/gateway --module apps/stripe"],
  )
    .argument("<name>", "the plugin's name")
    .requiredOption("--type <type>", "the plugin type: its name, or manager/name")
    .option(
      "--module <module>",
      "the module that provides it; default: the type's manager with the name behind it",
    )
    .option("--folder <path>", "where to write; default: beside the declaration of the type")
    .option("--type-from <module>", "the file or package that exports the type; default: it is looked for")
    .action(reporting(newPlugin));
}
