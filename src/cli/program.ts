import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { CommonOptions } from "./command.ts";
import { addAlerts } from "./commands/alerts.ts";
import { addBulk } from "./commands/bulk.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addExplain } from "./commands/explain.ts";
import { addExport } from "./commands/export.ts";
import { addHistory } from "./commands/history.ts";
import { addHold } from "./commands/hold.ts";
import { addImport } from "./commands/import.ts";
import { addItem } from "./commands/item.ts";
import { addKeys } from "./commands/keys.ts";
import { addList } from "./commands/list.ts";
import { addMigrate } from "./commands/migrate.ts";
import { addProcesses } from "./commands/processes.ts";
import { addPurge } from "./commands/purge.ts";
import { addRetire } from "./commands/retire.ts";
import { addRevert } from "./commands/revert.ts";
import { addServe } from "./commands/serve.ts";
import { addServeNow } from "./commands/serve-now.ts";
import { addSet } from "./commands/set.ts";
import { addStatus } from "./commands/status.ts";
import { addSync } from "./commands/sync.ts";
import { addUser } from "./commands/user.ts";
import { loadEnvFiles } from "./env-files.ts";
import { exitCodes, meanings } from "./exit-codes.ts";
import { writeOutput } from "./output.ts";

const epilogue = `
Examples:
  $ plugbay migrate                               after every deployment
  $ plugbay list --status active
  $ plugbay set apps/otp-sms:sms_ir --status reserve
  $ plugbay explain otp                           which item serves, and why not the others

Exit codes:
${Object.entries(meanings)
  .map(([outcome, meaning]) => `  ${exitCodes[outcome as keyof typeof exitCodes]}  ${meaning}`)
  .join("\n")}`;

const commands = [
  addMigrate,
  addSync,
  addList,
  addExplain,
  addSet,
  addHold,
  addServeNow,
  addRetire,
  addBulk,
  addItem,
  addExport,
  addImport,
  addKeys,
  addHistory,
  addRevert,
  addStatus,
  addAlerts,
  addProcesses,
  addPurge,
  addDoctor,
  addServe,
  addUser,
];

/** The command line: parsing throws what commands throw, and `CommanderError` for wrong usage. */
export function createProgram(): Command {
  const program = new Command("plugbay")
    .description("Decides which plugins serve, using the config in plugbay.config.ts.")
    .version(version())
    // `plugbay set ITEM --version 3` is about the item.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => writeOutput(text), outputError: () => undefined })
    .addHelpText("after", epilogue);
  for (const add of commands) add(program);
  program.hook("preAction", (_, command) => loadEnvFiles(command.opts<CommonOptions>().envFile ?? []));
  return program;
}

function version(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
