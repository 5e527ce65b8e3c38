import type { Command } from "commander";
import type { Control } from "../../control/control.ts";
import type { ListedItem } from "../../control/list/list-query.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { findItem, findType, itemForms } from "../find.ts";
import { parseNumber, parseStatus, statusOperand } from "../parse.ts";
import { readJson } from "../read-json.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { itemName, statusWord } from "../wording.ts";
import { addItemCheck } from "./item-check.ts";

const jsonForms = "JSON, @file, or - for standard input";

export function addItem(program: Command): void {
  const item = program.command("item").description("Adds and configures items of configurable plugins.");
  addCommand(item, "add", "Adds an item to a configurable plugin.", [
    'item add gateway apps/stripe stripe --label eu --item-config \'{"account":"acct_1"}\'',
    "item add gateway apps/stripe stripe --label us --item-config @us.json --status reserved",
    "item add mailer apps/smtp smtp --item-config @smtp.json",
  ])
    .argument("<type>", "the plugin type: its name, or manager/name")
    .argument("<module>", "the plugin's module")
    .argument("<name>", "the plugin's name")
    .option("--label <label>", "distinguishes it from the plugin's other items; not needed for its only one")
    .option("--item-config <json>", `its config: ${jsonForms}; default {}`)
    .option("--status <status>", `${statusOperand}; default: the plugin's`, parseStatus)
    .option("--priority <number>", "-32768 to 32767; default: the plugin's", parseNumber)
    .option("--description <text>", "what it is, for operators")
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(add));

  addCommand(item, "duplicate", "Adds a copy of an item under another label, disabled.", [
    "item duplicate 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 --label us",
  ])
    .argument("<item>", itemForms)
    .requiredOption("--label <label>", "the copy's label")
    .option("--status <status>", `${statusOperand}; default: disabled`, parseStatus)
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(duplicate));

  addCommand(item, "set-config", "Replaces an item's config, once its plugin has checked it.", [
    "item set-config 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 @eu.json",
    "item set-config 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 - < eu.json",
  ])
    .argument("<item>", itemForms)
    .argument("<json>", `the config: ${jsonForms}`)
    .option("--version <number>", "refuse when the item is no longer at this version", parseNumber)
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(setConfig));

  addCommand(item, "rename", "Gives an item another label.", [
    "item rename 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 eu-west",
  ])
    .argument("<item>", itemForms)
    .argument("<label>", "its new label")
    .option("--version <number>", "refuse when the item is no longer at this version", parseNumber)
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(rename));

  addItemCheck(item);
  addCommand(item, "unmanage", "Lets operators change an item again that is managed by a file.", [
    "item unmanage 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47",
  ])
    .argument("<item>", itemForms)
    .addOption(actorOption())
    .addOption(reasonOption())
    .action(reporting(unmanage));
}

interface AddOptions extends CommonOptions, AuthorOptions {
  readonly label?: string;
  readonly itemConfig?: string;
  readonly status?: Status;
  readonly priority?: number;
  readonly description?: string;
}

interface DuplicateOptions extends CommonOptions, AuthorOptions {
  readonly label: string;
  readonly status?: Status;
}

interface ChangeOptions extends CommonOptions, AuthorOptions {
  readonly version?: number;
}

async function add(type: string, module: string, name: string, options: AddOptions): Promise<Report> {
  const { config, json: _, envFile: __, itemConfig, actor: ___, reason: ____, ...details } = options;
  const given = itemConfig === undefined ? {} : { config: await readJson(itemConfig) };
  return withPlugbay(await loadConfig(config), async ({ control, registry }) => {
    const item = { ...details, ...given, type: findType(registry.types(), type), module, name };
    return added(await control.createItem(item, authorOf(options)));
  });
}

async function duplicate(wanted: string, options: DuplicateOptions): Promise<Report> {
  const { config, json: _, envFile: __, actor: ___, reason: ____, ...copy } = options;
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) =>
    added(await control.duplicateItem(findItem(snapshot, wanted).id, copy, authorOf(options))),
  );
}

async function setConfig(wanted: string, json: string, options: ChangeOptions): Promise<Report> {
  const patch = { config: await readJson(json) };
  return change(wanted, options, (control, item, by) => control.updateItem(item.id, patch, by));
}

async function rename(wanted: string, label: string, options: ChangeOptions): Promise<Report> {
  return change(wanted, options, (control, item, by) => control.updateItem(item.id, { label }, by));
}

async function unmanage(wanted: string, options: ChangeOptions): Promise<Report> {
  return change(wanted, options, async (control, item, { version: _, ...by }) => {
    await control.unmanage([item.id], by);
    return control.getItem(item.id);
  });
}

async function change(
  wanted: string,
  { config, version, ...author }: ChangeOptions,
  work: (control: Control, item: PluginItem, by: Parameters<Control["updateItem"]>[2]) => Promise<ListedItem>,
): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const before = findItem(snapshot, wanted);
    const by = { ...authorOf(author), ...(version !== undefined && { version }) };
    const { readiness: _, differsFromCode: __, ...after } = await work(control, before, by);
    const changed = before.version === after.version ? "nothing changed" : "changed";
    return { json: { before, after }, text: `${itemName(after)}   ${changed}` };
  });
}

function added({ readiness: _, differsFromCode: __, ...item }: ListedItem): Report {
  const text = `added ${itemName(item)}   ${statusWord(item.status)}, priority ${item.priority}   ${item.id}`;
  return { json: item, text };
}
