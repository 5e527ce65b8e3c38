import type { JsonValue } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import type { ItemsQuery } from "./items.ts";

/**
 * POST items: an item of a plugin that takes configs. Answers 201 with ItemDetail; a config that is refused
 * with a Problem of the code INVALID_CONFIG.
 */
export interface NewItem {
  readonly typeId: string;
  readonly module: string;
  readonly name: string;
  readonly label: string;
  /** Default `{}`. At most 256 kB. */
  readonly config?: JsonValue;
  /** Default: the plugin's. */
  readonly status?: Status;
  /** Default: the plugin's. */
  readonly priority?: number;
  readonly description?: string;
}

/** POST items/:id/duplicate. Answers 201 with ItemDetail. */
export interface Duplicate {
  readonly label: string;
  /** Default `disable`. */
  readonly status?: Status;
}

/** POST items/:id/hold. Answers with ItemDetail. */
export interface HoldRequest {
  /** At most 500 characters. */
  readonly reason: string;
  /** When it comes back by itself. Default: it does not. */
  readonly until?: string;
  /** For how long instead, by the server's clock. */
  readonly forMs?: number;
  /** Default: the hold is made of whatever is there. */
  readonly version?: number;
}

/** POST items/:id/release. Answers with ItemDetail. */
export interface ReleaseRequest {
  /** Default: whatever is there is released. */
  readonly version?: number;
}

/** What is decided of any item. */
export interface Decisions {
  readonly version: number;
  readonly status?: Status;
  readonly priority?: number;
  readonly description?: string;
}

/** PATCH items/:id. Answers with ItemDetail; a stale version with a Problem of status 409 that has `current`. */
export interface ItemChange extends Decisions {
  readonly label?: string;
  /**
   * All of the config. A secret that is left out, `""` or as it was shown stays as it is; null removes it. As
   * with a new item, one that is refused is a Problem of the code INVALID_CONFIG.
   */
  readonly config?: JsonValue;
}

/** PATCH items: several items with one save, all or none. Answers with Changed. */
export interface ItemsChange {
  readonly items: readonly (Decisions & { readonly id: string })[];
}

/** POST items/bulk: the items of `ids`, or all that `query` finds on all pages. All or none. Answers with Changed. */
export interface BulkRequest {
  readonly action: "activate" | "reserve" | "disable" | "raise" | "lower" | "retire" | "restore";
  readonly ids?: readonly string[];
  readonly query?: Omit<ItemsQuery, "sort" | "page" | "pageSize">;
}

/** What a change of several items came to. */
export interface Changed {
  readonly changed: number;
  readonly revision: number;
}
