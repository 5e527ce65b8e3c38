import { Command } from "commander";
import type { CommonOptions } from "./command.ts";
import { loadEnvFiles } from "./env-files.ts";
import { exitCodes, meanings } from "./exit-codes.ts";
import { ownManifest } from "./manifest.ts";
import { writeOutput } from "./output.ts";

const epilogue = `
Examples:
  $ plugbay init                                  in an application, or in an empty folder
  $ plugbay migrate                               after every deployment
  $ plugbay list --status active
  $ plugbay set apps/otp-sms:sms_ir --status reserve
  $ plugbay explain otp                           which item serves, and why not the others

Exit codes:
${Object.entries(meanings)
  .map(([outcome, meaning]) => `  ${exitCodes[outcome as keyof typeof exitCodes]}  ${meaning}`)
  .join("\n")}`;

/** In the order in which the help lists them; a file is loaded when a command of it is asked for. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  init: async () => (await import("./commands/init.ts")).addInit,
  new: async () => (await import("./commands/new.ts")).addNew,
  migrate: async () => (await import("./commands/migrate.ts")).addMigrate,
  sync: async () => (await import("./commands/sync.ts")).addSync,
  list: async () => (await import("./commands/list.ts")).addList,
  explain: async () => (await import("./commands/explain.ts")).addExplain,
  set: async () => (await import("./commands/set.ts")).addSet,
  hold: async () => (await import("./commands/hold.ts")).addHold,
  release: async () => (await import("./commands/hold.ts")).addHold,
  "serve-now": async () => (await import("./commands/serve-now.ts")).addServeNow,
  "end-lead": async () => (await import("./commands/serve-now.ts")).addServeNow,
  retire: async () => (await import("./commands/retire.ts")).addRetire,
  restore: async () => (await import("./commands/retire.ts")).addRetire,
  bulk: async () => (await import("./commands/bulk.ts")).addBulk,
  item: async () => (await import("./commands/item.ts")).addItem,
  export: async () => (await import("./commands/export.ts")).addExport,
  import: async () => (await import("./commands/import.ts")).addImport,
  keys: async () => (await import("./commands/keys.ts")).addKeys,
  generate: async () => (await import("./commands/generate.ts")).addGenerate,
  history: async () => (await import("./commands/history.ts")).addHistory,
  revert: async () => (await import("./commands/revert.ts")).addRevert,
  status: async () => (await import("./commands/status.ts")).addStatus,
  alerts: async () => (await import("./commands/alerts.ts")).addAlerts,
  processes: async () => (await import("./commands/processes.ts")).addProcesses,
  purge: async () => (await import("./commands/purge.ts")).addPurge,
  doctor: async () => (await import("./commands/doctor.ts")).addDoctor,
  serve: async () => (await import("./commands/serve.ts")).addServe,
  user: async () => (await import("./commands/user.ts")).addUser,
};

/**
 * The command line, with the command that its operands name: parsing throws what commands throw, and `CommanderError`
 * for wrong usage. Where they name none, as for the help, it has all commands.
 */
export async function createProgram(operands: readonly string[]): Promise<Command> {
  const program = new Command("plugbay")
    .description("Decides which plugins serve, using the config in plugbay.config.ts.")
    .version(ownManifest().version)
    // `plugbay set ITEM --version 3` is about the item.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => writeOutput(text), outputError: () => undefined })
    .addHelpText("after", epilogue);
  const adders = await Promise.all(commandsFor(operands).map((load) => load()));
  for (const add of new Set(adders)) add(program);
  program.hook("preAction", (_, command) => loadEnvFiles(command.opts<CommonOptions>().envFile ?? []));
  return program;
}

function commandsFor([first = ""]: readonly string[]) {
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  return named === undefined ? Object.values(commands) : [named];
}
