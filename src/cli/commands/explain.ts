import type { Command } from "commander";
import type { ServingNow } from "../../control/fleet/serving-now.ts";
import { itemLabel } from "../../definition/describe.ts";
import type { Hold } from "../../definition/hold.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import type { Lead } from "../../definition/lead.ts";
import type { AnyPluginType } from "../../definition/plugin-type.ts";
import type { ItemExplanation, Reason } from "../../selection/explanation.ts";
import { colors } from "../colors.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import { toFailure } from "../failure.ts";
import { findType } from "../find.ts";
import type { Report } from "../report.ts";
import { servesNow, servesNowJson, unreported } from "../serves-now.ts";
import { withPlugbay } from "../session.ts";
import { formatTable } from "../table.ts";
import { statusWord, typeName } from "../wording.ts";

export function addExplain(program: Command): void {
  addCommand(program, "explain", "Says which item of a plugin type serves, and why the others do not.", [
    "explain otp",
    "explain apps/otp/otp",
    "explain by-country NL",
  ])
    .argument("<type>", "its name, or manager/name")
    .argument("[args...]", "what the type's selector takes, as strings")
    .action(reporting(explain));
}

async function explain(name: string, args: string[], options: CommonOptions): Promise<Report> {
  const config = await loadConfig(options.config);
  const type = findType(config.plugins.types(), name);
  if (args.length > 0 && type.selector === undefined) {
    throw new UsageError(`${typeName(type)} has no selector, so it takes no arguments`);
  }
  // Its own plugins are made, so that what fails is seen to fail; those of other types are left alone.
  const prepares = ({ manager, name }: TypeIdentity) => manager === type.manager && name === type.name;
  return withPlugbay(
    config,
    async (plugbay, { byIdentity }) => {
      const id = byIdentity.get(type.manager, type.name)?.row.id;
      const now = id === undefined ? unreported : (await plugbay.control.fleet()).servingNow(id);
      return report(type, plugbay.explain(type, ...(args as never)), now);
    },
    { prepares },
  );
}

function report(
  { manager, name }: AnyPluginType,
  explanations: readonly ItemExplanation[],
  now: ServingNow,
): Report {
  const selected = explanations.find(({ reason }) => reason === "selected")?.item;
  const items = explanations.map(({ item, reason, error }) => ({
    ...item,
    reason,
    error: error ? toFailure(error) : null,
  }));
  const verdict = selected
    ? `${typeName({ manager, name })} is served by ${colors.green(itemLabel(selected))}.`
    : colors.red(`Nothing can serve ${typeName({ manager, name })}.`);
  const hint = items.length === 0 ? "It has no items: register a plugin for it, then run plugbay sync." : "";
  return {
    json: {
      type: { manager, name },
      selected: selected?.id ?? null,
      servingNow: servesNowJson(now),
      items,
    },
    text: [formatReasons(explanations), `${verdict}\nServes now: ${servesNow(now)}.`, hint]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
}

function formatReasons(explanations: readonly ItemExplanation[]): string {
  if (explanations.length === 0) return "";
  const rows = explanations.map(({ item, reason }) => [
    itemLabel(item),
    (reasonColors[reason] ?? String)(reason),
    statusWord(item.status),
    String(item.priority),
    item.id,
  ]);
  const errors = explanations.flatMap(({ error }) => (error ? [colors.red(error.message)] : []));
  const holds = explanations.flatMap(({ item, reason }) =>
    reason === "held" && item.hold ? [`${itemLabel(item)} is held ${howHeld(item.hold)}`] : [],
  );
  const leads = explanations.flatMap(({ item }) =>
    item.lead ? [`${itemLabel(item)} leads ${howLeading(item.lead)}`] : [],
  );
  const table = formatTable(["PLUGIN", "REASON", "STATUS", "PRIORITY", "ID"], rows);
  return [table, ...errors, ...leads, ...holds].join("\n");
}

const howLeading = ({ by, until }: Lead): string => `until ${until}, as ${by} has decided`;

const howHeld = ({ by, until, reason }: Hold): string =>
  `by ${by} until ${until ?? "it is released"}: ${reason}`;

const reasonColors: Partial<Record<Reason, (text: string) => string>> = {
  selected: colors.green,
  failed: colors.red,
  missing: colors.red,
};
