import type { Command } from "commander";
import type { CheckResult } from "../../control/config/config-checks.ts";
import type { Plugbay } from "../../plugbay.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { actorOption, defaultActor } from "../actor.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import { findItem, findType, itemForms } from "../find.ts";
import { parseNumber } from "../parse.ts";
import { readJson } from "../read-json.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";

export function addItemCheck(item: Command): void {
  addCommand(
    item,
    "check",
    "Tests whether an item's config works, or one that is not saved. Does not change the item.",
    [
      "item check 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47",
      "item check 7f9c24e8-3b12-4fef-91e0-5d1c8a3b6f47 --item-config @eu.json",
      "item check gateway apps/stripe stripe --item-config @new.json",
    ],
  )
    .argument("<item...>", `${itemForms}; for a new one: type, module and name`)
    .option(
      "--item-config <json>",
      "try this config instead: JSON, @file, or - for standard input; secrets left out are the item's",
    )
    .option("--timeout-ms <number>", "how long it may take; default 10000", parseNumber)
    .addOption(actorOption())
    .action(reporting(checkItem));
}

interface CheckItemOptions extends CommonOptions {
  readonly itemConfig?: string;
  readonly timeoutMs?: number;
  readonly actor?: string;
}

async function checkItem(wanted: string[], options: CheckItemOptions): Promise<Report> {
  const { config: path, itemConfig, timeoutMs, actor = defaultActor() } = options;
  const given = {
    ...(itemConfig !== undefined && { config: await readJson(itemConfig) }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
  const check = ({ control, registry }: Plugbay, snapshot: Snapshot): Promise<CheckResult> => {
    const [first = "", module, name, ...rest] = wanted;
    if (module === undefined) {
      return control.checkItem(findItem(snapshot, first).id, given, { actor, source: "cli" });
    }
    if (name === undefined || rest.length > 0) {
      throw new UsageError("name an item; or for a new one a plugin, by its type, module and name");
    }
    return control.checkConfig({ ...given, type: findType(registry.types(), first), module, name });
  };
  const result = await withPlugbay(await loadConfig(path), async (plugbay, snapshot) =>
    check(plugbay, snapshot),
  );
  return {
    json: result,
    text: inWords(result),
    exitCode: result.ok ? exitCodes.success : exitCodes.failure,
  };
}

const inWords = ({ ok, message, durationMs }: CheckResult): string =>
  `${ok ? "works" : "does not work"}${message === null ? "" : `: ${message}`}   (${durationMs} ms)`;
