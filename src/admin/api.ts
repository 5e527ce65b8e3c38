// What the panel and the server say to each other, by resource. Times are ISO 8601 in UTC.

export type { PanelEvents } from "./api/events.ts";
export type { HistoryEntry, HistoryFilterQuery, HistoryList } from "./api/history.ts";
export type { IssueInfo } from "./api/issue.ts";
export type {
  BulkRequest,
  Changed,
  Decisions,
  Duplicate,
  HoldRequest,
  ItemChange,
  ItemsChange,
  NewItem,
  ReleaseRequest,
} from "./api/item-changes.ts";
export type { ExplainedItem, ItemDetail, ItemInfo, ItemList, ItemName, ItemsQuery } from "./api/items.ts";
export type { CheckRequest, CheckResult, PluginInfo, PluginList } from "./api/plugins.ts";
export type { Problem } from "./api/problems.ts";
export type { ProcessList } from "./api/processes.ts";
export type { PurgeRequest, PurgeResult } from "./api/purge.ts";
export type { ReadinessInfo } from "./api/readiness.ts";
export type { SessionInfo, StateInfo } from "./api/session.ts";
export type { ExplainRequest, OrderRequest, TypeDetail, TypeInfo, TypeList } from "./api/types.ts";
