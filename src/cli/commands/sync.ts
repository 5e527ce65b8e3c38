import type { Command } from "commander";
import { formatCounts, formatPlan } from "../../sync/format-plan.ts";
import type { SyncMode } from "../../sync/sync-plan.ts";
import { actorOption, defaultActor } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { withProgress } from "../progress.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";

export function addSync(program: Command): void {
  addCommand(program, "sync", "Brings the database in line with the types and plugins in code.", [
    "sync --dry-run",
    "sync --mode update",
    "sync --no-prune",
  ])
    .option("--mode <create|update>", "update also refreshes descriptions and priorities from code", "create")
    .option("--no-prune", "do not retire what is no longer registered")
    .option("--dry-run", "print the changes without making them")
    .addOption(actorOption())
    .action(reporting(sync));
}

interface SyncOptions extends CommonOptions {
  readonly mode: SyncMode;
  readonly prune: boolean;
  readonly dryRun?: true;
  readonly actor?: string;
}

async function sync(options: SyncOptions): Promise<Report> {
  const { mode, prune, dryRun = false, actor = defaultActor() } = options;
  const config = await loadConfig(options.config);
  if (dryRun) {
    const plan = await withPlugbay(config, (plugbay) => plugbay.planSync({ mode, prune }));
    return { json: plan, text: formatPlan(plan) };
  }
  const counts = await withProgress("syncing", () =>
    withPlugbay(config, (plugbay) => plugbay.sync({ mode, prune }), { actor }),
  );
  return { json: counts, text: formatCounts(counts) };
}
