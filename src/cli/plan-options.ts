import type { Command } from "commander";
import { actorOption, reasonOption } from "./actor.ts";

/** The options of a command that shows first what it would change. */
export const withPlanOptions = (command: Command): Command =>
  command
    .option("--dry-run", "print what would change without changing it")
    .option("--yes", "do not ask")
    .addOption(actorOption())
    .addOption(reasonOption());
