import type { Command } from "commander";
import type { EntryId } from "../../control/history/revert.ts";
import { type AuthorOptions, authorOf } from "../actor.ts";
import { asPlanned, type PlanOptions } from "../as-planned.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { parseEntryId } from "../parse.ts";
import { withPlanOptions } from "../plan-options.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { changedFields, itemName } from "../wording.ts";

export function addRevert(program: Command): void {
  withPlanOptions(
    addCommand(program, "revert", "Reverts a change to an item, unless it has been changed again since.", [
      "revert 412-0 --dry-run",
      "revert 412-0 --yes",
    ]).argument("<entry>", "an entry's id as plugbay history has it, such as 412-0", parseEntryId),
  ).action(reporting(revert));
}

interface RevertOptions extends CommonOptions, PlanOptions, AuthorOptions {}

async function revert(entry: EntryId, { config, ...options }: RevertOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const plan = await control.planRevert(entry);
    const item = snapshot.item(plan.entityId);
    const fields = changedFields(plan.before, plan.after).map((line) => `    ${line}`);
    const kept = plan.secretsKept.map((field) => `    secret ${field} stays as it is`);
    return asPlanned(options, {
      json: plan,
      text:
        fields.length === 0
          ? undefined
          : [item ? itemName(item) : plan.entityId, ...fields, ...kept].join("\n"),
      question: "Set this back?",
      make: () => control.revert(entry, authorOf(options)),
    });
  });
}
