import type { Hold } from "../definition/hold.ts";
import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { Lead } from "../definition/lead.ts";
import type { JsonValue, ManagedBy, RetiredBy } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import { sealedConfig } from "../secrets/shown-config.ts";
import { formatHold } from "./stored-hold.ts";
import { formatLead } from "./stored-lead.ts";
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
  /** That an operator put the item aside; it may have ended since. */
  readonly hold: Hold | null;
  /** That an operator put the item first for a while; it may have ended since. */
  readonly lead: Lead | null;
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

const formatAliases = (aliases: readonly object[] | undefined): string | null =>
  aliases === undefined || aliases.length === 0 ? null : JSON.stringify(aliases);

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
    module: row.module,
    name: row.name,
    label: row.label,
    aliases: formatAliases(row.aliases),
    status: row.status,
    priority: row.priority,
    description: row.description,
    config: row.config === null ? null : JSON.stringify(sealedConfig(row.config)),
    config_version: row.configVersion,
    managed: row.managed,
    hold: formatHold(row.hold),
    item_lead: formatLead(row.lead),
    version: row.version,
    revision: row.revision,
    retired_at: row.retiredAt,
    retired_by: row.retiredBy,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
