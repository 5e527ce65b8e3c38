import type { Command } from "commander";
import type { Status } from "../definition/status.ts";
import { parseStatus, statusOperand } from "./parse.ts";

/** Which items a command is about, as `ListQuery` has it. */
export interface FilterOptions {
  readonly search?: string;
  readonly status?: Status;
  readonly type?: string;
  readonly manager?: string;
  readonly module?: string;
  readonly differsFromCode?: true;
  readonly retired?: true;
}

/** As commander calls them. */
export const filterNames = [
  "search",
  "status",
  "type",
  "manager",
  "module",
  "differsFromCode",
  "retired",
] as const satisfies readonly (keyof FilterOptions)[];

export const withFilters = (command: Command): Command =>
  command
    .option("--search <words>", "items that contain all the words, in any case")
    .option("--status <status>", statusOperand, parseStatus)
    .option("--type <name>", "items of the plugin types of this name")
    .option("--manager <name>", "items of this manager's plugin types")
    .option("--module <name>", "items of this module's plugins")
    .option("--differs-from-code", "items whose status, priority or description is not what the code says")
    .option("--retired", "retired items, which are otherwise left out");
