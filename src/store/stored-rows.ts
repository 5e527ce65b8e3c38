import type { Selectable } from "kysely";
import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import { isName } from "../definition/name.ts";
import type { JsonValue, ManagedBy, RetiredBy } from "../definition/plugin-item.ts";
import { maxPriority, minPriority } from "../definition/priority.ts";
import { statuses } from "../definition/status.ts";
import { showConfig } from "../secrets/shown-config.ts";
import { type RowReader, shown } from "./row-reader.ts";
import type { ItemRow, TypeRow } from "./rows.ts";
import { readHold } from "./stored-hold.ts";
import { asInteger } from "./stored-integer.ts";
import { isRecord, storedJson } from "./stored-json.ts";
import { readLead } from "./stored-lead.ts";
import type { ItemTable, TypeTable } from "./tables.ts";

// What the tables of types and items have, in the words of the code. Whole new objects, because drivers make rows
// of a shape that takes several times the memory, and because integers may arrive as strings or bigints.

const priorities = { min: minPriority, max: maxPriority };
/** The next one has to fit into the column, too. */
const versions = { min: 1, max: 2 ** 31 - 2 };
const managers: readonly ManagedBy[] = ["file"];
const retirers: readonly RetiredBy[] = ["sync", "operator"];
const revisions = { min: 0, max: Number.MAX_SAFE_INTEGER };

export function toTypeRow(row: Selectable<TypeTable>, reader: RowReader): TypeRow {
  return reader.row(row.id, (id) => {
    const createdAt = reader.time("created_at", row.created_at);
    const updatedAt = reader.time("updated_at", row.updated_at, createdAt);
    return {
      id,
      manager: reader.name("manager", row.manager, "manager"),
      name: reader.name("name", row.name, "plugin type"),
      aliases: readAliases<TypeIdentity>(row.aliases, "manager", reader),
      description: reader.text("description", row.description),
      retiredAt: readRetiredAt(row.retired_at, updatedAt, reader),
      revision: reader.integer("revision", row.revision, revisions, 0),
      createdAt,
      updatedAt,
    };
  });
}

export function toItemRow(row: Selectable<ItemTable>, reader: RowReader): ItemRow {
  return reader.row(row.id, (id) => {
    const createdAt = reader.time("created_at", row.created_at);
    const updatedAt = reader.time("updated_at", row.updated_at, createdAt);
    const status = reader.word("status", row.status, statuses, "disable", countsAsDisabled);
    const config = readConfig(row.config, reader);
    const configVersion = readConfigVersion(row, reader);
    return {
      id,
      typeId: reader.text("type_id", row.type_id),
      module: intern(reader.name("module", row.module, "module")),
      name: reader.name("name", row.name, "plugin"),
      label: reader.label("label", row.label),
      aliases: readAliases<PluginIdentity>(row.aliases, "module", reader),
      // Of a config that nobody can tell the version of, no plugin may be made.
      status: configVersion === undefined ? "disable" : status,
      priority: reader.nearest("priority", row.priority, priorities),
      description: reader.text("description", row.description),
      config,
      configVersion: configVersion ?? 1,
      managed:
        row.managed === null
          ? null
          : reader.word("managed", row.managed, managers, null, { effect: "operators manage the item" }),
      hold: readHold(row.hold, updatedAt, reader),
      lead: readLead(row.item_lead, reader),
      version: reader.integer("version", row.version, versions, 1),
      revision: reader.integer("revision", row.revision, revisions, 0),
      retiredAt: readRetiredAt(row.retired_at, updatedAt, reader),
      retiredBy:
        row.retired_by === null
          ? null
          : reader.word("retired_by", row.retired_by, retirers, "operator", {
              effect: "a retired item counts as retired by an operator",
            }),
      createdAt,
      updatedAt,
    };
  });
}

const countsAsDisabled = { effect: "the item counts as disabled", isGrave: true };

const interned = new Map<string, string>();

/** One string for all equal ones, for the few words that many rows repeat: less memory, quicker comparing. */
function intern(text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  if (interned.size < 10_000) interned.set(text, text);
  return text;
}

/** What is there at all says that the row is retired: it must not be served for a slip of the pen. */
function readRetiredAt(value: unknown, updatedAt: string, reader: RowReader): string | null {
  return value === null || value === undefined ? null : reader.time("retired_at", value, updatedAt);
}

/** Secrets stay behind. What cannot be read is left as text: the item is then misconfigured, and only it. */
function readConfig(value: unknown, reader: RowReader): JsonValue {
  if (value === null || value === undefined) return null;
  const text = reader.text("config", value);
  const json = storedJson(text);
  if ("value" in json) {
    const config = json.value as JsonValue;
    return text.includes('"$secret"') ? showConfig(config) : config;
  }
  // The text itself may hold a secret.
  reader.note("config", json.problem, {
    effect: "the item is misconfigured",
    fix: "save a config for it, or set it to NULL",
    isGrave: true,
  });
  return text;
}

/** undefined where there is a config whose version cannot be told. */
function readConfigVersion(
  { config, config_version }: Pick<ItemTable, "config" | "config_version">,
  reader: RowReader,
): number | undefined {
  const version = asInteger(config_version);
  if (version !== undefined && version >= versions.min && version <= versions.max) return version;
  const verdict = config === null ? { effect: "it counts as 1" } : countsAsDisabled;
  const fix = "set it to the version of the plugin's code that the config was written for";
  reader.note("config_version", `${shown(config_version)} is not a version`, { ...verdict, fix });
  return config === null ? 1 : undefined;
}

/** Those that are identities; undefined for none. */
function readAliases<Identity extends TypeIdentity | PluginIdentity>(
  value: unknown,
  owner: "manager" | "module",
  reader: RowReader,
): readonly Identity[] | undefined {
  if (value === null || value === undefined) return undefined;
  const json = storedJson(reader.text("aliases", value));
  const list = "value" in json && Array.isArray(json.value) ? (json.value as unknown[]) : [];
  const aliases = list.map((alias) => identityOf<Identity>(alias, owner));
  const known = aliases.filter((alias) => alias !== undefined);
  const problem = problemOf(json, owner, known.length < aliases.length);
  if (problem !== undefined) {
    reader.note("aliases", problem, {
      effect: `the row is known by ${known.length === 0 ? "no other name" : "its other names alone"}`,
      fix: `set it to NULL, or to a list such as [{"${owner}":"...","name":"..."}]`,
    });
  }
  return known.length === 0 ? undefined : known;
}

function problemOf(
  json: ReturnType<typeof storedJson>,
  owner: string,
  hasOthers: boolean,
): string | undefined {
  if ("problem" in json) return json.problem;
  if (!Array.isArray(json.value)) return "is JSON, but no list";
  return hasOthers ? `has an entry without a "${owner}" and a "name"` : undefined;
}

function identityOf<Identity>(alias: unknown, owner: string): Identity | undefined {
  if (!isRecord(alias)) return undefined;
  const { [owner]: first, name } = alias;
  const isIdentity = typeof first === "string" && typeof name === "string" && isName(first) && isName(name);
  // No other key of it: it is put over the row.
  return isIdentity ? ({ [owner]: first, name } as Identity) : undefined;
}
