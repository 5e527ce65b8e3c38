import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { harmless } from "../../harmless-text.ts";
import { snapshotOf } from "../../open/facade.ts";
import type { Plugbay } from "../../plugbay.ts";
import { messageOf } from "../../thrown.ts";
import { addCommand, type CommonOptions } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { findType } from "../find.ts";
import { type DocumentFormat, documentFormats, formatDocument } from "../items-file/format-document.ts";
import { writeOutput } from "../output.ts";
import { withPlugbay } from "../session.ts";
import { itemName } from "../wording.ts";

export function addExport(program: Command): void {
  addCommand(program, "export", "Prints the items as a file that import reads, without their secrets.", [
    "export -o plugins.yaml",
    "export --type otp --secrets env",
    "export --format json",
  ])
    .addOption(
      new Option("--format <format>", "yaml or json; --json means json too").choices(documentFormats),
    )
    .option("--type <type>", "items of this plugin type alone: its name, or manager/name")
    .addOption(
      new Option("--secrets <how>", "omit leaves them out, env writes references to environment variables")
        .choices(["omit", "env"])
        .default("omit"),
    )
    .option("-o, --output <file>", "write the file instead of printing it")
    .action(exportItems);
}

interface ExportOptions extends CommonOptions {
  readonly format?: DocumentFormat;
  readonly type?: string;
  readonly secrets: "omit" | "env";
  readonly output?: string;
}

async function exportItems({
  config,
  json,
  type,
  secrets,
  output,
  ...options
}: ExportOptions): Promise<void> {
  const format = options.format ?? (json ? "json" : "yaml");
  const text = await withPlugbay(await loadConfig(config), async (plugbay) => {
    const types = [...snapshotOf(plugbay).types.values()].map(({ row }) => row);
    const typeId = type === undefined ? undefined : findType(types, type).id;
    // On standard error, so that standard output has the file alone.
    for (const item of type === undefined ? unregistered(plugbay) : []) {
      process.stderr.write(`left out: ${harmless(itemName(item))}, whose plugin is not registered\n`);
    }
    const document = await plugbay.control.exportItems({ secrets, ...(typeId !== undefined && { typeId }) });
    return formatDocument(document, format);
  });
  if (output === undefined) writeOutput(process.stdout.isTTY ? harmless(text) : text);
  else await write(output, text);
}

function unregistered(plugbay: Plugbay): PluginItem[] {
  const { registry } = plugbay;
  const snapshot = snapshotOf(plugbay);
  const items = [...snapshot.types.values()].flatMap((type) => type.items);
  return items.filter(
    (item) => item.retiredAt === null && !registry.plugin(item.type, item.module, item.name),
  );
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${file} could not be written: ${messageOf(error)}`);
  }
}
