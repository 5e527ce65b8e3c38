import type { Command } from "commander";
import { formatImport } from "../../control/files/format-import.ts";
import type { Plugbay } from "../../plugbay.ts";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { parseDocument } from "../items-file/parse-document.ts";
import { readItemsFile } from "../items-file/read-file.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { type DjangoOptions, importDjango } from "./import-django.ts";

export function addImport(program: Command): void {
  addCommand(program, "import", "Makes the items as a file says, all of them or none.", [
    "import plugins.yaml --dry-run",
    "import plugins.yaml --managed --prune",
    "import - < plugins.json",
    "import --from-django postgres://localhost/shop --dry-run",
  ])
    .argument("[file]", "YAML or JSON, or - for standard input")
    .option("--dry-run", "print the changes without making them")
    .option("--managed", "mark all items of the file: operators can then only retire them")
    .option("--prune", "retire items that a file manages and this one does not hold")
    .option(
      "--from-django <url>",
      "in the place of a file: ids, decisions and history of a database of django-plugin-system",
    )
    .option("--django-app-label <label>", "its label in Django (default: django_plugin_system)")
    .option("--django-users <table.column>", "the names of Django's users (default: auth_user.username)")
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(importAny));
}

interface ImportOptions extends CommonOptions, AuthorOptions, Partial<DjangoOptions> {
  readonly dryRun?: true;
  readonly managed?: true;
  readonly prune?: true;
}

async function importAny(file: string | undefined, options: ImportOptions): Promise<Report> {
  const { fromDjango, djangoAppLabel, djangoUsers, managed, prune } = options;
  if (fromDjango === undefined) {
    if (file === undefined) throw new UsageError("name a file of items, or a database with --from-django");
    if (djangoAppLabel !== undefined || djangoUsers !== undefined)
      throw new UsageError("--django-app-label and --django-users go with --from-django");
    return importItems(file, options);
  }
  if (file !== undefined)
    throw new UsageError("--from-django stands in the place of a file; name one of them");
  if (managed || prune) throw new UsageError("--managed and --prune are for files");
  return importDjango({ ...options, fromDjango });
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
