import type { Command } from "commander";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { findItem, itemForms } from "../find.ts";
import { parseDuration, parseNumber, parseTime } from "../parse.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { itemName } from "../wording.ts";

export function addServeNow(program: Command): void {
  withItem(
    addCommand(program, "serve-now", "Makes an item the first choice of its type, for good or for a while.", [
      "serve-now sms_ir",
      "serve-now sms_ir --for 2h",
      'serve-now sms_ir --until 2026-12-01T08:00:00Z --reason "the other provider is down"',
    ]),
  )
    .option("--for <duration>", "for how long, such as 15m, 1h, 2d; default: for good", parseDuration)
    .option("--until <time>", "until when, such as 2026-12-01T08:00:00Z", parseTime)
    .action(reporting(serveNow));

  withItem(
    addCommand(program, "end-lead", "Has an item that is first for a while go back to its place now.", [
      "end-lead sms_ir",
    ]),
  ).action(reporting(endLead));
}

const withItem = (command: Command): Command =>
  command
    .argument("<item>", itemForms)
    .option("--type <name>", "the item's plugin type, where several have a plugin of this name")
    .option("--version <number>", "refuse when the item is no longer at this version", parseNumber)
    .addOption(actorOption())
    .addOption(reasonOption());

interface ItemOptions extends CommonOptions, AuthorOptions {
  readonly type?: string;
  readonly version?: number;
}

interface ServeNowOptions extends ItemOptions {
  readonly for?: number;
  readonly until?: Date;
}

const byOf = ({ version, ...author }: ItemOptions) => ({
  ...authorOf(author),
  ...(version !== undefined && { version }),
});

async function serveNow(wanted: string, options: ServeNowOptions): Promise<Report> {
  const { config, for: forMs, until } = options;
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const before = findItem(snapshot, wanted, options);
    const { changed } = await control.serveNow(before.id, { forMs, until, ...byOf(options) });
    const { readiness: _, ...after } = await control.getItem(before.id);
    const end = after.lead ? ` until ${after.lead.until}` : "";
    const outcome = changed === 0 ? "it is first already" : `first${end}`;
    return { json: { before, after }, text: `${itemName(after)}   ${outcome}` };
  });
}

async function endLead(wanted: string, options: ItemOptions): Promise<Report> {
  return withPlugbay(await loadConfig(options.config), async ({ control }, snapshot) => {
    const before = findItem(snapshot, wanted, options);
    const { readiness: _, ...after } = await control.endLead(before.id, byOf(options));
    const outcome = after.version === before.version ? "it did not lead" : "back in its place";
    return { json: { before, after }, text: `${itemName(after)}   ${outcome}` };
  });
}
