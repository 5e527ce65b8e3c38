import type { Command } from "commander";
import { type AuthorOptions, actorOption, authorOf, reasonOption } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { findItem, itemForms } from "../find.ts";
import { parseDuration, parseNumber, parseTime } from "../parse.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { itemName } from "../wording.ts";

export function addHold(program: Command): void {
  const hold = addCommand(program, "hold", "Puts an item aside, so that it gets no calls for a while.", [
    'hold sms_ir --reason "the provider is under maintenance" --for 15m',
    'hold sms_ir --reason "wrong bills" --until 2026-12-01T08:00:00Z',
    'hold 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 --reason "until the contract is signed"',
  ]).requiredOption("--reason <text>", "why, for other operators: at most 500 characters");
  withItem(hold)
    .option(
      "--for <duration>",
      "for how long, such as 15m, 1h, 2d; default: until it is released",
      parseDuration,
    )
    .option("--until <time>", "until when, such as 2026-12-01T08:00:00Z", parseTime)
    .action(reporting(holdItem));

  withItem(
    addCommand(
      program,
      "release",
      "Releases an item that is held, or that processes have put aside because its calls failed.",
      ["release sms_ir", "release apps/otp-sms:sms_ir --type otp"],
    ),
  )
    .addOption(reasonOption())
    .action(reporting(releaseItem));
}

const withItem = (command: Command): Command =>
  command
    .argument("<item>", itemForms)
    .option("--type <name>", "the item's plugin type, where several have a plugin of this name")
    .option("--version <number>", "refuse when the item is no longer at this version", parseNumber)
    .addOption(actorOption());

interface ReleaseOptions extends CommonOptions, AuthorOptions {
  readonly type?: string;
  readonly version?: number;
}

interface HoldOptions extends ReleaseOptions {
  readonly reason: string;
  readonly for?: number;
  readonly until?: Date;
}

const byOf = ({ version, ...author }: ReleaseOptions) => ({
  ...authorOf(author),
  ...(version !== undefined && { version }),
});

async function holdItem(wanted: string, options: HoldOptions): Promise<Report> {
  const { config, type, reason, for: forMs, until } = options;
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const before = findItem(snapshot, wanted, { type });
    const { readiness: _, ...after } = await control.hold(before.id, { reason, forMs, until }, byOf(options));
    const end = after.hold?.until ?? "it is released";
    return { json: { before, after }, text: `${itemName(after)}   held until ${end}` };
  });
}

/** Whether any process left it alone is not known here: they hear of it all the same. */
const notHeld = "it was not held; processes that had put it aside call it again";

async function releaseItem(wanted: string, options: ReleaseOptions): Promise<Report> {
  return withPlugbay(await loadConfig(options.config), async ({ control }, snapshot) => {
    const before = findItem(snapshot, wanted, options);
    const { readiness: _, ...after } = await control.release(before.id, byOf(options));
    const outcome = after.version === before.version ? notHeld : "released";
    return { json: { before, after }, text: `${itemName(after)}   ${outcome}` };
  });
}
