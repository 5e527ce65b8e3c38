import { Argument, type Command, Option } from "commander";
import type { Control } from "../../control/control.ts";
import { type BulkAction, bulkActions } from "../../control/items/bulk-action.ts";
import type { ChosenItems } from "../../control/items/chosen-items.ts";
import type { ItemQuery } from "../../control/list/list-query.ts";
import type { ChangePlan } from "../../control/writing/change-plan.ts";
import type { Changed, ChangeOptions } from "../../control/writing/changed.ts";
import { type AuthorOptions, authorOf } from "../actor.ts";
import { itemsAsPlanned, type PlanOptions } from "../as-planned.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { type FilterOptions, filterNames, withFilters } from "../filters.ts";
import { withPlanOptions } from "../plan-options.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";

type Action = BulkAction | "retire" | "restore";

export function addBulk(program: Command): void {
  const bulk = addCommand(program, "bulk", "Changes all items that match the filters, or none of them.", [
    "bulk disable --module apps/otp-sms --dry-run",
    "bulk raise --type gateway --status active --yes",
    "bulk reset --differs-from-code --dry-run",
    "bulk restore --search stripe",
  ]).addArgument(
    new Argument(
      "<action>",
      "raise and lower change the priority by 1; reset gives what the code says; restore finds retired items",
    ).choices([...bulkActions, "retire", "restore"]),
  );
  withPlanOptions(
    withFilters(bulk).addOption(new Option("--all", "all items").conflicts([...filterNames])),
  ).action(reporting(changeAll));
}

interface BulkOptions extends CommonOptions, PlanOptions, AuthorOptions, FilterOptions {
  readonly all?: true;
}

async function changeAll(action: Action, options: BulkOptions): Promise<Report> {
  const { config, json: _, envFile: __, dryRun, yes, actor: ___, reason: ____, all, ...filters } = options;
  if (!all && Object.keys(filters).length === 0) {
    throw new UsageError(
      "name the items: with filters, such as --type or --search, or --all for all of them",
    );
  }
  const query: ItemQuery = { ...filters, ...(action === "restore" && { retired: true }) };
  return withPlugbay(await loadConfig(config), async ({ control }) =>
    itemsAsPlanned(
      { ...(dryRun && { dryRun }), ...(yes && { yes }) },
      await plan(control, { query }, action),
      words[action],
      (shown) => make(control, shown, action, authorOf(options)),
    ),
  );
}

const words: Readonly<Record<Action, string>> = {
  activate: "Activate",
  reserve: "Reserve",
  disable: "Disable",
  raise: "Raise",
  lower: "Lower",
  reset: "Reset to code",
  retire: "Retire",
  restore: "Restore",
};

async function plan(control: Control, items: ChosenItems, action: Action): Promise<ChangePlan> {
  if (action === "retire") return control.planRetire(items);
  return action === "restore" ? control.planRestore(items) : control.planBulk(items, action);
}

async function make(
  control: Control,
  items: ChosenItems,
  action: Action,
  by: ChangeOptions,
): Promise<Changed> {
  if (action === "retire") return control.retire(items, by);
  return action === "restore" ? control.restore(items, by) : control.bulk(items, action, by);
}
