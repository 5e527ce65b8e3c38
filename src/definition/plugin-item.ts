import type { Hold } from "./hold.ts";
import type { PluginIdentity, TypeIdentity } from "./identity.ts";
import type { Lead } from "./lead.ts";
import type { Status } from "./status.ts";

/** A value as JSON has it. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Who took an item out of use: `sync` brings it back when its plugin is registered again, `operator` stays. */
export type RetiredBy = "sync" | "operator";

/** What says how an item is to be: `file`, one that `plugbay import` reads. */
export type ManagedBy = "file";

/** The row an operator manages. Frozen; a change makes a new one with a higher `version`. */
export interface PluginItem {
  /** UUID. Stays the same for the life of the item, over renames and retirement. */
  readonly id: string;
  /** The plugin type, by manager and name. */
  readonly type: TypeIdentity;
  /** The plugin type's UUID, which it keeps when it is renamed. */
  readonly typeId: string;
  /** The module that provides the plugin. */
  readonly module: string;
  /** The plugin's name. */
  readonly name: string;
  /** Tells the items of one configurable plugin apart; `""` otherwise. */
  readonly label: string;
  /** The plugin's other identities, by which processes with older or newer code know it; absent where it has none. */
  readonly aliases?: readonly PluginIdentity[] | undefined;
  /** What the operator wants: `active`, `reserve` or `disable`. */
  readonly status: Status;
  /** -32768 to 32767; the lower number is served first. */
  readonly priority: number;
  /** For operators; `""` where there is none. */
  readonly description: string;
  /** The config as it is stored, without its secrets; `null` where the plugin takes none. */
  readonly config: JsonValue;
  /** The version of the plugin's code that the config was written for. */
  readonly configVersion: number;
  /** `file`: only an import changes it, and `unmanage` makes it an operator's again; `null`: operators do. */
  readonly managed: ManagedBy | null;
  /** That an operator put it aside, so that it gets no calls; absent where none did, or where the hold is over. */
  readonly hold?: Hold | undefined;
  /**
   * That an operator put it first for a while: it counts as active and comes before all other items, whatever its
   * `status` and `priority` are; absent where none did, or where the lead is over.
   */
  readonly lead?: Lead | undefined;
  /** Raised by every change of this item; hand it to `updateItem` to refuse a stale edit. */
  readonly version: number;
  /** The database's revision at which the item was last changed. */
  readonly revision: number;
  /** ISO 8601, UTC; `null` while the item is in use. */
  readonly retiredAt: string | null;
  /** What a sync retired, processes serve on as long as their own code has its plugin. */
  readonly retiredBy: RetiredBy | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC: when it was last changed. */
  readonly updatedAt: string;
}

/** What a selector chooses from: items that are not retired and are ready, each list in selection order. */
export interface Candidates {
  /** Those that the operator wants to serve: active ones, and first of all one that leads, whatever its status is. */
  readonly active: readonly PluginItem[];
  /** Those that serve only when no active one can. */
  readonly reserve: readonly PluginItem[];
}
