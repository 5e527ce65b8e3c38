import type { Command } from "commander";
import { itemLabel } from "../../definition/describe.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { AuditEntry } from "../../store/audit.ts";
import { isUuid } from "../../store/uuid.ts";
import { colors } from "../colors.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { findItem, findType, itemForms } from "../find.ts";
import { parseNumber, parseSince } from "../parse.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { inOneLine } from "../shown-text.ts";
import { changedFields, itemName, typeName } from "../wording.ts";

export function addHistory(program: Command): void {
  addCommand(program, "history", "Says who changed what and when, the latest first.", [
    "history --item sms_ir",
    "history --actor alice --since 7d --limit 20",
  ])
    .option("--item <item>", `an item: ${itemForms}`)
    .option("--type <name>", "a plugin type and its items; with --item, the item's plugin type")
    .option("--actor <name>", "changes by whose name has this in it")
    .option("--reason <text>", "changes whose reason has this text in it")
    .option(
      "--since <time>",
      "changes since then: 2026-12-01, 2026-12-01T08:00:00Z, or an age such as 7d",
      parseSince,
    )
    .option("--limit <number>", "entries at most; default 100", parseNumber)
    .action(reporting(history));
}

interface HistoryOptions extends CommonOptions {
  readonly item?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly reason?: string;
  readonly since?: Date;
  readonly limit?: number;
}

async function history({
  config,
  json: _,
  envFile: __,
  item,
  type,
  since,
  ...filters
}: HistoryOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    const types = [...snapshot.types.values()].map(({ row }) => row);
    const entries = await control.history({
      ...filters,
      ...(since !== undefined && { since: since.toISOString() }),
      // The history of a purged item is still there to be asked for by its id.
      ...(item !== undefined && { entityId: isUuid(item) ? item : findItem(snapshot, item, { type }).id }),
      ...(type !== undefined && { typeId: findType(types, type).id }),
    });
    const names = namesOf(snapshot);
    const lines = entries.flatMap((entry) => formatEntry(entry, names));
    const told = entries.map((entry) => ({ id: entryId(entry), ...entry }));
    return { json: told, text: lines.length === 0 ? "Nothing found." : lines.join("\n") };
  });
}

function namesOf(snapshot: Snapshot): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { row, items } of snapshot.types.values()) {
    names.set(row.id, typeName(row));
    for (const item of items) names.set(item.id, itemName(item));
  }
  return names;
}

function formatEntry(entry: AuditEntry, names: ReadonlyMap<string, string>): string[] {
  const { at, actor, source, action, entity, entityId, before, after, reason } = entry;
  const who = inOneLine(`${actor ?? "unknown"} (${source})`);
  const what = names.get(entityId) ?? inOneLine(formerName(entry));
  const why = reason === null ? [] : [`    ${colors.dim("because:")} ${inOneLine(reason)}`];
  const head = `${colors.dim(at)}  ${who}  ${action} ${entity} ${what}   ${colors.dim(entryId(entry))}`;
  // A new row, and one that is gone, differ in every field: its name says enough.
  if (before === null || after === null) return [head, ...why];
  if (action === "check") return [head, ...why, `    ${testedWith(after)}`];
  return [head, ...why, ...changedFields(before, after).map((line) => `    ${line}`)];
}

/** With which config stored secrets were used. */
function testedWith({ differing }: NonNullable<AuditEntry["after"]>): string {
  const fields = Array.isArray(differing) ? differing.map((field) => inOneLine(String(field))) : [];
  return fields.length === 0 ? "with the config as it was stored" : `not as stored: ${fields.join(", ")}`;
}

/** What `plugbay revert` takes. */
const entryId = ({ revision, position }: AuditEntry): string => `${revision}-${position}`;

/** What is no longer there is known by the names it had. */
function formerName({ before, after, entityId }: AuditEntry): string {
  const { module, manager, name, label } = { ...before, ...after };
  if (typeof name !== "string") return entityId;
  if (typeof module !== "string") return `${manager}/${name}`;
  return itemLabel({ module, name, label: typeof label === "string" ? label : "" });
}
