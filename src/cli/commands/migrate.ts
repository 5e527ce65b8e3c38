import type { Command } from "commander";
import { openUserDatabase, prepareUserTables } from "../../serve/users/open-users.ts";
import { formatCounts } from "../../sync/format-plan.ts";
import { actorOption, defaultActor } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { commandLog } from "../command-log.ts";
import { type LoadedConfig, loadConfig } from "../config.ts";
import { withProgress } from "../progress.ts";
import type { Report } from "../report.ts";
import { withPlugbay, withStore } from "../session.ts";
import { whileOpen } from "../while-open.ts";

export function addMigrate(program: Command): void {
  addCommand(program, "migrate", "Brings the tables up to date, then syncs in create mode and prunes.", [
    "migrate",
    "migrate --json",
  ])
    .addOption(actorOption())
    .action(reporting(migrate));
}

interface MigrateOptions extends CommonOptions {
  readonly actor?: string;
}

async function migrate({ config: path, actor = defaultActor(), json }: MigrateOptions): Promise<Report> {
  const config = await loadConfig(path);
  const userTables = config.serve === undefined ? undefined : await migrateUserTables(config);
  const migrations = await withProgress("migrating", () =>
    withStore(config, (store) => store.migrate(json ? undefined : sayOnce), { mayCreate: true }),
  );
  const counts = await withProgress("syncing", () =>
    withPlugbay(config, (plugbay) => plugbay.sync({ mode: "create", prune: true }), { actor }),
  );
  const applied = migrations.length === 0 ? "none, the tables are up to date" : migrations.join(", ");
  const lines = [
    `migrations: ${applied}`,
    ...(userTables?.length ? [`users: ${userTables.join(", ")}`] : []),
  ];
  return {
    json: { migrations, ...(userTables && { userTables }), counts },
    text: [...lines, formatCounts(counts)].join("\n"),
  };
}

/** Over the line of progress, where there is one. */
function sayOnce(message: string): void {
  process.stderr.write(`${process.stderr.isTTY ? "\r\x1b[2K" : ""}${message}\n`);
}

/** Only where the config says that the panel is served on its own: its users need a package that others do not have. */
async function migrateUserTables(config: LoadedConfig): Promise<string[]> {
  return whileOpen(await openUserDatabase(config, { log: commandLog }), (users) =>
    prepareUserTables(users, config, "migrate", true),
  );
}
