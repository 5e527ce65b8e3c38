import type { Hold } from "../../definition/hold.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import type { JsonValue, ManagedBy, RetiredBy } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import type { Reason } from "../../selection/explanation.ts";
import type { IssueInfo } from "./issue.ts";
import type { PluginInfo } from "./plugins.ts";
import type { ReadinessInfo } from "./readiness.ts";

/** What an item is called. */
export interface ItemName {
  readonly id: string;
  readonly module: string;
  readonly name: string;
  readonly label: string;
}

/** A plugin item, as lists show it. */
export interface ItemInfo extends ItemName {
  readonly type: TypeIdentity;
  readonly typeId: string;
  readonly status: Status;
  readonly priority: number;
  readonly description: string;
  /** Of a secret it has `{ secret: "set", at, fingerprint }`. */
  readonly config: JsonValue;
  /** `file`: only an import changes it, and every change but retirement is a 409; null: operators do. */
  readonly managed: ManagedBy | null;
  /** That an operator put it aside. */
  readonly hold: Hold | null;
  /** Hand it back with a change: one made meanwhile by somebody else is then refused, not overwritten. */
  readonly version: number;
  readonly revision: number;
  readonly readiness: ReadinessInfo;
  readonly retiredAt: string | null;
  readonly retiredBy: RetiredBy | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An item with why it is, or is not, selected. */
export interface ExplainedItem extends ItemInfo {
  readonly reason: Reason;
}

/** GET items, by query parameters of the same names; `sort` is a comma-separated list, `-` in front: downwards. */
export interface ItemsQuery {
  readonly search?: string;
  readonly status?: Status;
  readonly readiness?: ReadinessInfo["kind"];
  readonly type?: string;
  readonly manager?: string;
  readonly module?: string;
  readonly retired?: "true" | "false" | "include";
  readonly sort?: string;
  readonly page?: number;
  /** Default 100; `all` for one page of everything. */
  readonly pageSize?: number | "all";
}

/** Answer to GET items: one page. */
export interface ItemList {
  readonly items: readonly ItemInfo[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly pageSize: number;
  /** What the filters can be set to. */
  readonly facets: {
    readonly types: readonly TypeIdentity[];
    readonly modules: readonly string[];
    readonly managers: readonly string[];
  };
}

/** GET items/:id */
export interface ItemDetail extends ItemInfo {
  readonly mayWrite: boolean;
  /** Whether the caller may purge it, once it is retired. */
  readonly mayPurge: boolean;
  /** Former names. */
  readonly aliases: readonly { readonly module: string; readonly name: string }[];
  readonly reason: Reason;
  /** What the code of this process says; null where it has no such plugin. */
  readonly code: {
    readonly status: Status;
    readonly priority: number;
    readonly description: string;
  } | null;
  /** Null where the plugin takes no config, or this process has no such plugin. */
  readonly plugin: PluginInfo | null;
  /** What keeps the config from being used, by JSON pointers into it; empty where nothing does. */
  readonly configIssues: readonly IssueInfo[];
  /** Which processes have the plugin, and which could not make it ready. */
  readonly processes: readonly {
    readonly host: string;
    readonly pid: number;
    readonly version: string;
    readonly knows: boolean;
    readonly failure?: string;
  }[];
}
