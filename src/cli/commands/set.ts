import type { Command } from "commander";
import type { ItemPatch } from "../../control/items/check-patch.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { findItem, itemForms } from "../find.ts";
import { parseNumber, parseStatus, statusOperand } from "../parse.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { changedFields, itemName } from "../wording.ts";

export function addSet(program: Command): void {
  addCommand(program, "set", "Changes a plugin item's status, priority or description.", [
    "set sms_ir --status reserve",
    "set apps/otp-sms:sms_ir --type otp --priority -5",
    "set 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 --status active --version 3",
  ])
    .argument("<item>", itemForms)
    .option("--type <name>", "the item's plugin type, where several have a plugin of this name")
    .option("--status <status>", statusOperand, parseStatus)
    .option("--priority <number>", "-32768 to 32767, the lower number is served first", parseNumber)
    .option("--description <text>", "what it is, for operators")
    .option("--version <number>", "refuse when the item is no longer at this version", parseNumber)
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(set));
}

interface SetOptions extends CommonOptions, AuthorOptions {
  readonly type?: string;
  readonly status?: Status;
  readonly priority?: number;
  readonly description?: string;
  readonly version?: number;
}

async function set(wanted: string, options: SetOptions): Promise<Report> {
  const { config, json: _, envFile: __, type, actor: ___, reason: ____, version, ...patch } = options;
  if (Object.keys(patch).length === 0) {
    throw new UsageError("nothing to change; add --status, --priority or --description");
  }
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const before = findItem(snapshot, wanted, { type });
    const by = { ...authorOf(options), ...(version !== undefined && { version }) };
    const { readiness: __, ...after } = await control.updateItem(before.id, patch, by);
    return { json: { before, after }, text: formatUpdate(before, after) };
  });
}

function formatUpdate(before: PluginItem, after: PluginItem): string {
  const lines = changedFields(editable(before), editable(after)).map((line) => `    ${line}`);
  return [itemName(after), ...(lines.length === 0 ? ["    nothing changed"] : lines)].join("\n");
}

const editable = ({
  status,
  priority,
  description,
}: PluginItem): Required<Pick<ItemPatch, "status" | "priority" | "description">> => ({
  status,
  priority,
  description,
});
