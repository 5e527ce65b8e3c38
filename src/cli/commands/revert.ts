import type { Command } from "commander";
import type { EntryId, RevertPlan } from "../../control/history/revert.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { type AuthorOptions, authorOf } from "../actor.ts";
import { asPlanned, type PlanOptions } from "../as-planned.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { parseEntryId, parseNumber } from "../parse.ts";
import { withPlanOptions } from "../plan-options.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { changedFields, itemName } from "../wording.ts";

export function addRevert(program: Command): void {
  withPlanOptions(
    addCommand(
      program,
      "revert",
      "Reverts a change to an item, or all that one action changed, unless that has been changed again since.",
      ["revert 412-0 --dry-run", "revert 412-0 --yes", "revert --all 412"],
    )
      .argument("[entry]", "an entry's id as plugbay history has it, such as 412-0", parseEntryId)
      .option("--all <revision>", "all that was changed together, by its revision, such as 412", parseNumber),
  ).action(reporting(revert));
}

interface RevertOptions extends CommonOptions, PlanOptions, AuthorOptions {
  readonly all?: number;
}

async function revert(entry: EntryId | undefined, options: RevertOptions): Promise<Report> {
  const { all } = options;
  if (entry !== undefined && all === undefined) return revertEntry(entry, options);
  if (entry === undefined && all !== undefined) return revertAll(all, options);
  throw new UsageError("say what to revert: an entry such as 412-0, or --all with a revision such as 412");
}

async function revertAll(revision: number, { config, ...options }: RevertOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const plan = await control.planRevertAll(revision);
    const lines = plan.items.map((item) => formatPlan(item, snapshot));
    return asPlanned(options, {
      json: plan,
      text: lines.length === 0 ? undefined : lines.join("\n"),
      question: "Set all this back?",
      make: () => control.revertAll(revision, authorOf(options)),
    });
  });
}

function formatPlan({ entityId, before, after, secretsKept }: RevertPlan, snapshot: Snapshot): string {
  const item = snapshot.item(entityId);
  const fields = changedFields(before, after).map((line) => `    ${line}`);
  const kept = secretsKept.map((field) => `    secret ${field} stays as it is`);
  return [item ? itemName(item) : entityId, ...fields, ...kept].join("\n");
}

async function revertEntry(entry: EntryId, { config, ...options }: RevertOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const plan = await control.planRevert(entry);
    return asPlanned(options, {
      json: plan,
      text: Object.keys(plan.after).length === 0 ? undefined : formatPlan(plan, snapshot),
      question: "Set this back?",
      make: () => control.revert(entry, authorOf(options)),
    });
  });
}
