import type { TypeIdentity } from "../definition/identity.ts";
import type { JsonValue, ManagedBy, RetiredBy } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import type { Reason } from "../selection/explanation.ts";
import type { Readiness as ProcessReadiness } from "../selection/readiness.ts";
import type { Action, Source } from "../store/change.ts";

// What the panel and the server say to each other. Times are ISO 8601 in UTC.

/** GET session */
export interface SessionInfo {
  readonly actor: string;
  readonly access: "read" | "write";
  /** The types that may be changed; null: all. */
  readonly types: readonly TypeIdentity[] | null;
  readonly title: string;
  readonly namespace: string;
  /** The language the host chose; null: the browser's. */
  readonly locale: string | null;
  /** Where to sign out; null where the host application minds that. */
  readonly signOutUrl: string | null;
  readonly state: StateInfo;
}

export interface StateInfo {
  readonly kind: "live" | "stale" | "bootstrapped" | "closed";
  readonly revision: number;
  readonly ageMs: number;
  readonly transport: string;
  /** Since when and why the database does not answer, where it does not. */
  readonly since?: string;
  readonly cause?: string;
}

/** What the process that answers found about an item. */
export interface ReadinessInfo {
  readonly kind: ProcessReadiness["kind"];
  readonly error?: string;
  /** When a failed item is tried again, or a cooling one is used again. */
  readonly until?: string;
}

export interface TypeInfo extends TypeIdentity {
  readonly id: string;
  readonly description: string;
  /** Whether this process has it in its code. */
  readonly isRegistered: boolean;
  /** Whether a selector decides, which may take arguments. */
  readonly hasSelector: boolean;
  /** Whether the caller may change its items. */
  readonly mayWrite: boolean;
  /** How many items it has in each status, retired ones apart. */
  readonly counts: Readonly<Record<Status | "retired", number>>;
  /** How many of its active and reserved items are ready, and so on. */
  readonly health: Readonly<Record<ReadinessInfo["kind"], number>>;
  /** The item that serves now; null where none does, or where that hangs on a selector's arguments. */
  readonly serving: ItemName | null;
}

export interface ItemName {
  readonly id: string;
  readonly module: string;
  readonly name: string;
  readonly label: string;
}

/** GET types */
export interface TypeList {
  readonly types: readonly TypeInfo[];
}

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
  /** Hand it back with a change: one made meanwhile by somebody else is then refused, not overwritten. */
  readonly version: number;
  readonly revision: number;
  readonly readiness: ReadinessInfo;
  readonly retiredAt: string | null;
  readonly retiredBy: RetiredBy | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ExplainedItem extends ItemInfo {
  readonly reason: Reason;
}

/** GET types/:typeId: the items in the order of selection, retired ones last. */
export interface TypeDetail extends TypeInfo {
  readonly items: readonly ExplainedItem[];
  /** Why nothing could be selected, where the selector threw. */
  readonly selectorError?: string;
}

/** POST types/:typeId/explain, with a selector's arguments. Answers with TypeDetail. */
export interface ExplainRequest {
  readonly args: readonly JsonValue[];
}

/** POST types/:typeId/check: tries whether a config works. Changes nothing, but takes the right to write. */
export interface CheckRequest {
  readonly module: string;
  readonly name: string;
  /** The item whose config it is: secrets that are left out, `""` or as they were shown are taken from it. */
  readonly itemId?: string;
  /** Default: the item's; `{}` without an item. */
  readonly config?: JsonValue;
}

export interface CheckResult {
  /** Whether it works. */
  readonly ok: boolean;
  /** What the plugin says of it, or why it does not work, without secrets. */
  readonly message: string | null;
  readonly durationMs: number;
}

/** PUT types/:typeId/order: the ids of one lane in their new order. Answers with Changed. */
export interface OrderRequest {
  readonly ids: readonly string[];
  /** Where the items are moved to. */
  readonly status: Status;
  /** The versions that the caller has seen, by id; a stale one is a 409. */
  readonly versions?: Readonly<Record<string, number>>;
}

export interface Changed {
  readonly changed: number;
  readonly revision: number;
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

/** GET types/:typeId/plugins */
export interface PluginList {
  /** By module and name. */
  readonly plugins: readonly PluginInfo[];
}

/** A plugin of this process that takes configs, and so may have several items. */
export interface PluginInfo {
  readonly module: string;
  readonly name: string;
  readonly description: string;
  /** What a new item starts with. */
  readonly status: Status;
  readonly priority: number;
  /** The JSON Schema of a config as it is sent, draft 2020-12 or draft-07; null where there is none. */
  readonly schema: object | null;
  /** The fields that are secrets, such as `smtp.password`. */
  readonly secrets: readonly string[];
  /** Whether it can say if a config works. */
  readonly checkable: boolean;
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
   * The whole config. A secret that is left out, `""` or as it was shown stays as it is; null removes it. As
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

/** POST items/purge/plan and items/purge: retired items, for good. The first writes nothing; both answer with PurgeResult. */
export interface PurgeRequest {
  readonly ids: readonly string[];
}

export interface PurgeResult {
  readonly items: readonly (ItemName & { readonly type: TypeIdentity })[];
  readonly types: readonly TypeIdentity[];
  /** How many entries of the history speak of them; they stay. */
  readonly historyEntries: number;
}

/** GET history, by query parameters. */
export interface HistoryFilterQuery {
  /** An item's or type's id. */
  readonly entity?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly source?: Source;
  readonly since?: string;
  readonly until?: string;
  /** `<revision>-<position>` of the last entry of the page before. */
  readonly before?: string;
  /** Default 50, at most 500. */
  readonly limit?: number;
}

export interface HistoryList {
  readonly entries: readonly HistoryEntry[];
  /** `before` of the next page; null on the last one. */
  readonly next: string | null;
}

export interface HistoryEntry {
  /** `<revision>-<position>` */
  readonly id: string;
  readonly revision: number;
  readonly entity: "type" | "item";
  readonly entityId: string;
  readonly typeId: string;
  /** As they are called now; null for what was purged. */
  readonly type: TypeIdentity | null;
  readonly item: ItemName | null;
  readonly action: Action;
  readonly actor: string | null;
  readonly source: Source;
  readonly before: Readonly<Record<string, JsonValue>> | null;
  readonly after: Readonly<Record<string, JsonValue>> | null;
  readonly at: string;
  /** Whether the caller may have it reverted: a change of an item's own fields that is not undone already. */
  readonly isRevertible: boolean;
  /** The secrets of the config that it replaced, and that a revert leaves as they are now. */
  readonly secretsKept: readonly string[];
}

/**
 * POST history/:id/revert answers with Changed; 409 where the fields were changed again since, or, of the code
 * NOT_REVERTIBLE, where the history does not keep what is needed.
 */

/** GET processes */
export interface ProcessList {
  readonly revision: number;
  readonly processes: readonly {
    readonly id: string;
    readonly host: string;
    readonly pid: number;
    readonly version: string;
    readonly state: string;
    readonly transport: string;
    readonly revision: number;
    readonly startedAt: string;
    readonly seenAt: string;
    /** Milliseconds since `seenAt`, whatever the clocks say. */
    readonly seenAgoMs: number;
    /** Whether it is the one that answers. */
    readonly isThis: boolean;
    /** Plugins with items in use that it does not have. */
    readonly misses: readonly (ItemName & { readonly type: TypeIdentity })[];
    readonly failures: readonly (ItemName & { readonly type: TypeIdentity; readonly message: string })[];
  }[];
}

/** GET events: server-sent events, `data` as JSON. */
export interface PanelEvents {
  /** Something changed; what the panel shows of these types is old. */
  readonly change: { readonly revision: number; readonly typeIds: readonly string[] };
  readonly readiness: { readonly itemId: string; readonly readiness: ReadinessInfo };
  readonly state: StateInfo;
  /** The stream ends here, to be opened again at once. */
  readonly end: Readonly<Record<string, never>>;
}

/** RFC 9457; the type is `about:blank`'s sibling `urn:plugbay:<code>`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The error's code, as in the documentation: `CONFLICT`, `FORBIDDEN`, `INVALID_INPUT`, ... */
  readonly code: string;
  /** For 409: the items as they are now. */
  readonly current?: readonly ItemInfo[];
  /**
   * For 400: where the input is wrong, `path` being a JSON pointer. For the code INVALID_CONFIG it leads into
   * the config: `/smtp/port`, or `""` for the whole of it.
   */
  readonly issues?: readonly IssueInfo[];
}

/** Something wrong with an input; `path` is a JSON pointer into it, or `""` for the whole of it. */
export interface IssueInfo {
  readonly path: string;
  readonly message: string;
}
