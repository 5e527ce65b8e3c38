import type { Command } from "commander";
import { formatImport } from "../../control/files/format-import.ts";
import type { Plugbay } from "../../plugbay.ts";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { parseDocument } from "../items-file/parse-document.ts";
import { readItemsFile } from "../items-file/read-file.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";

export function addImport(program: Command): void {
  addCommand(program, "import", "Makes the items as a file says, all of them or none.", [
    "import plugins.yaml --dry-run",
    "import plugins.yaml --managed --prune",
    "import - < plugins.json",
  ])
    .argument("<file>", "YAML or JSON, or - for standard input")
    .option("--dry-run", "print the changes without making them")
    .option("--managed", "mark all items of the file: operators can then only retire them")
    .option("--prune", "retire items that a file manages and this one does not hold")
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(importItems));
}

interface ImportOptions extends CommonOptions, AuthorOptions {
  readonly dryRun?: true;
  readonly managed?: true;
  readonly prune?: true;
}

async function importItems(file: string, options: ImportOptions): Promise<Report> {
  const { config, dryRun = false, managed = false, prune = false } = options;
  const { value, withLines } = await parseDocument(await readItemsFile(file), file);
  const work = async ({ control }: Plugbay): Promise<Report> => {
    const plan = dryRun
      ? await control.planImport(value, { managed, prune })
      : await control.import(value, { managed, prune, ...authorOf(options) });
    return { json: plan, text: formatImport(plan) };
  };
  try {
    return await withPlugbay(await loadConfig(config), work);
  } catch (error) {
    throw withLines(error);
  }
}
