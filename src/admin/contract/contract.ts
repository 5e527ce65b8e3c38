import { listAttention } from "./attention.ts";
import { getDescription } from "./description.ts";
import { diagnose } from "./diagnosis.ts";
import type { Endpoint } from "./endpoint.ts";
import { followEvents } from "./events.ts";
import {
  getChangeSet,
  listChangeSets,
  listHistory,
  planRevert,
  planRevertAll,
  revertAll,
  revertChange,
} from "./history.ts";
import {
  addItem,
  changeInBulk,
  changeItem,
  changeItems,
  duplicateItem,
  endLead,
  holdItem,
  releaseItem,
  serveNow,
} from "./item-changes.ts";
import { getItem, listItems } from "./items.ts";
import { checkConfig, listPlugins } from "./plugins.ts";
import { preview } from "./preview.ts";
import { getInForce, listProcesses } from "./processes.ts";
import { planPurge, purge } from "./purge.ts";
import { getSession } from "./session.ts";
import { getTimeline } from "./timeline.ts";
import { getRecentTraffic, getTraffic, getTypeTraffic } from "./traffic.ts";
import { explainType, getType, listTypes, orderType } from "./types.ts";

// What the panel and the server say to each other. Times are ISO 8601 in UTC.

export type { AttentionList } from "./attention.ts";
export type { DiagnosisInfo } from "./diagnosis.ts";
export type { PanelEvents } from "./events.ts";
export type {
  ChangeSetInfo,
  ChangeSetsQuery,
  HistoryEntry,
  HistoryFilterQuery,
  HistoryList,
} from "./history.ts";
export type {
  BulkRequest,
  Duplicate,
  EndLeadRequest,
  HoldRequest,
  ItemChange,
  ItemsChange,
  NewItem,
  ReleaseRequest,
  ServeNowRequest,
} from "./item-changes.ts";
export type { ExplainedItem, ItemDetail, ItemInfo, ItemList, ItemsQuery } from "./items.ts";
export type { CheckRequest, CheckResult, PluginInfo, PluginList } from "./plugins.ts";
export type { PreviewRequest, PreviewResult } from "./preview.ts";
export type { Problem } from "./problems.ts";
export type { ProcessList } from "./processes.ts";
export type { PurgeRequest, PurgeResult } from "./purge.ts";
export type { ReadinessInfo } from "./readiness.ts";
export type { SessionInfo, StateInfo } from "./session.ts";
export type { TimelineEntryInfo } from "./timeline.ts";
export type { RecentTrafficInfo, TrafficInfo, TrafficSummaryInfo, TypeTraffic } from "./traffic.ts";
export type {
  ExplainRequest,
  OrderRequest,
  ServingNowInfo,
  TypeDetail,
  TypeInfo,
  TypeList,
} from "./types.ts";
export type { Changed, IssueInfo, ItemName } from "./words.ts";

/** All endpoints; fixed paths stand before those that have a parameter in the same place. */
export const contract = {
  getSession,
  listTypes,
  getType,
  explainType,
  getTypeTraffic,
  getTimeline,
  listPlugins,
  orderType,
  checkConfig,
  listItems,
  addItem,
  changeItems,
  changeInBulk,
  preview,
  planPurge,
  purge,
  getItem,
  changeItem,
  duplicateItem,
  holdItem,
  releaseItem,
  serveNow,
  endLead,
  listHistory,
  listChangeSets,
  getChangeSet,
  planRevertAll,
  revertAll,
  planRevert,
  revertChange,
  listAttention,
  listProcesses,
  getInForce,
  getTraffic,
  getRecentTraffic,
  diagnose,
  followEvents,
  getDescription,
} as const;

export type Contract = (typeof contract)[keyof typeof contract];

/** All of the contract, in its order. */
export const endpoints: readonly Endpoint[] = Object.values(contract);
