import { type Command, Option } from "commander";
import { addBareCommand, reporting } from "../command.ts";
import { init } from "../init/init.ts";
import { databases, frameworks } from "../init/project.ts";

export function addInit(program: Command): void {
  addBareCommand(
    program,
    "init",
    "Writes a plugin type, two plugins, their tests, the config and the panel into an application or an empty folder. What is there is left as it is.",
    ["plugbay init", "plugbay init --yes --install", "plugbay init --framework fastify --database postgres"],
  )
    .option("--yes", "write without asking")
    .option("--install", "run the package manager, too")
    .addOption(new Option("--framework <name>", "default: the one in package.json").choices(frameworks))
    .addOption(
      new Option(
        "--database <name>",
        "default: the one whose driver is in package.json, or else SQLite",
      ).choices(databases),
    )
    .action(reporting(init));
}
