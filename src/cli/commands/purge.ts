import type { Command } from "commander";
import type { PurgePlan } from "../../control/items/plan-purge.ts";
import { itemLabel } from "../../definition/describe.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { ItemRow } from "../../store/rows.ts";
import { systemClock } from "../../time/clock.ts";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { confirm } from "../confirm.ts";
import { parseDuration } from "../parse.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { typeName } from "../wording.ts";

export function addPurge(program: Command): void {
  addCommand(program, "purge", "Permanently deletes what was retired long ago; its history is kept.", [
    "purge --older-than 30d",
    "purge --older-than 0s --yes",
  ])
    .requiredOption(
      "--older-than <duration>",
      "minimum time since retirement, such as 30d, 12h, 0s",
      parseDuration,
    )
    .option("--yes", "do not ask")
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(purge));
}

interface PurgeOptions extends CommonOptions, AuthorOptions {
  readonly olderThan: number;
  readonly yes?: true;
}

async function purge({ config, olderThan, yes, ...author }: PurgeOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const asked = systemClock.monotonic();
    const plan = await control.planPurge({ olderThanMs: olderThan });
    if (plan.items.length + plan.types.length === 0) return report(plan, "There is nothing to purge.");
    if (!yes && !(await confirm(formatPurge(plan, snapshot), "Delete all this permanently?"))) {
      return report({ types: [], items: [] }, "Nothing was purged.");
    }
    // What became due while the question stood was not listed, so it is left for another time.
    const olderThanMs = olderThan + systemClock.monotonic() - asked;
    const purged = await control.purge({ olderThanMs, ...authorOf(author) });
    return report(purged, yes ? `${formatPurge(purged, snapshot)}\nPurged.` : "Purged.");
  });
}

const report = (json: PurgePlan, text: string): Report => ({ json, text });

function formatPurge({ types, items }: PurgePlan, snapshot: Snapshot): string {
  const nameOf = (item: ItemRow): string => {
    const type = snapshot.types.get(item.typeId)?.row;
    return `${itemLabel(item)}${type ? ` of ${typeName(type)}` : ""}`;
  };
  return [
    ...types.map((type) => `x type ${typeName(type)}   retired ${type.retiredAt}`),
    ...items.map((item) => `x item ${nameOf(item)}   ${item.id}   retired ${item.retiredAt}`),
    "",
    `types: ${types.length}, items: ${items.length}`,
  ].join("\n");
}
