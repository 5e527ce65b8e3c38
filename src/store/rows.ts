import type { Selectable } from "kysely";
import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { JsonValue, ManagedBy, RetiredBy } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import { sealedConfig, showConfig } from "../secrets/shown-config.ts";
import type { ItemTable, TypeTable } from "./tables.ts";

/** A row of `plugbay_type` in the words of the code. Times are ISO 8601 in UTC. */
export interface TypeRow {
  readonly id: string;
  readonly manager: string;
  readonly name: string;
  /** Former identities, by which processes with older code know it; absent where it has none. */
  readonly aliases?: readonly TypeIdentity[] | undefined;
  readonly description: string;
  readonly retiredAt: string | null;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A row of `plugbay_item` in the words of the code. */
export interface ItemRow {
  readonly id: string;
  readonly typeId: string;
  readonly module: string;
  readonly name: string;
  readonly label: string;
  /** Former identities, by which processes with older code know it; absent where it has none. */
  readonly aliases?: readonly PluginIdentity[] | undefined;
  readonly status: Status;
  readonly priority: number;
  readonly description: string;
  readonly config: JsonValue;
  /** The version of the plugin's code that the config was written for. */
  readonly configVersion: number;
  readonly managed: ManagedBy | null;
  readonly version: number;
  readonly revision: number;
  readonly retiredAt: string | null;
  readonly retiredBy: RetiredBy | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Before anything was written. */
export const noRows: Rows = {
  revision: 0,
  revisionId: "",
  origin: "",
  types: [],
  items: [],
  purged: [],
};

/** What a process reads of a namespace: everything, or what came after a revision. */
export interface Rows {
  /** The revision that the rows were read at. */
  readonly revision: number;
  /** The random id of that revision; `""` where it has none. */
  readonly revisionId: string;
  /** The random id of the namespace's data, which copies of the database keep; `""` where it has none. */
  readonly origin: string;
  readonly types: readonly TypeRow[];
  readonly items: readonly ItemRow[];
  /** The ids of types and items that are no longer there. */
  readonly purged: readonly string[];
}

// Whole new objects, because drivers make rows of a shape that takes several times the memory, and
// because integers may arrive as strings or bigints.

const interned = new Map<string, string>();

/** One string for all equal ones, for the few words that many rows repeat: less memory, quicker comparing. */
function intern(text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  if (interned.size < 10_000) interned.set(text, text);
  return text;
}

/** Secrets stay behind. Text that is no JSON, put there by hand, is left as it is: the item is then misconfigured, and only it. */
function parseConfig(text: string): JsonValue {
  try {
    const config = JSON.parse(text) as JsonValue;
    return text.includes('"$secret"') ? showConfig(config) : config;
  } catch {
    return text;
  }
}

const parseAliases = <Identity>(text: string | null): readonly Identity[] | undefined =>
  text === null ? undefined : (JSON.parse(text) as readonly Identity[]);

const formatAliases = (aliases: readonly object[] | undefined): string | null =>
  aliases === undefined || aliases.length === 0 ? null : JSON.stringify(aliases);

export function toTypeRow(row: Selectable<TypeTable>): TypeRow {
  return {
    id: row.id,
    manager: row.manager,
    name: row.name,
    aliases: parseAliases<TypeIdentity>(row.aliases),
    description: row.description,
    retiredAt: row.retired_at,
    revision: Number(row.revision),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toItemRow(row: Selectable<ItemTable>): ItemRow {
  return {
    id: row.id,
    typeId: row.type_id,
    module: intern(row.module),
    name: row.name,
    label: row.label,
    aliases: parseAliases<PluginIdentity>(row.aliases),
    status: intern(row.status) as Status,
    priority: Number(row.priority),
    description: row.description,
    config: row.config === null ? null : parseConfig(row.config),
    configVersion: Number(row.config_version),
    managed: row.managed,
    version: Number(row.version),
    revision: Number(row.revision),
    retiredAt: row.retired_at,
    retiredBy: row.retired_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function fromTypeRow(row: TypeRow, namespace: string): TypeTable {
  return {
    id: row.id,
    namespace,
    manager: row.manager,
    name: row.name,
    aliases: formatAliases(row.aliases),
    description: row.description,
    retired_at: row.retiredAt,
    revision: row.revision,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

export function fromItemRow(row: ItemRow, namespace: string): ItemTable {
  return {
    id: row.id,
    type_id: row.typeId,
    namespace,
    module: intern(row.module),
    name: row.name,
    label: row.label,
    aliases: formatAliases(row.aliases),
    status: intern(row.status) as Status,
    priority: row.priority,
    description: row.description,
    config: row.config === null ? null : JSON.stringify(sealedConfig(row.config)),
    config_version: row.configVersion,
    managed: row.managed,
    version: row.version,
    revision: row.revision,
    retired_at: row.retiredAt,
    retired_by: row.retiredBy,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
