import type { contract } from "../contract/contract.ts";
import { listAttention } from "./attention.ts";
import { changeInBulk } from "./bulk.ts";
import { getChangeSet, listChangeSets, planRevertAll, revertAll } from "./change-sets.ts";
import { checkConfig } from "./check.ts";
import { getDescription } from "./description.ts";
import { diagnose } from "./diagnosis.ts";
import { followEvents } from "./events.ts";
import type { Handler } from "./handler.ts";
import { listHistory, planRevert, revertChange } from "./history.ts";
import { endLead, holdItem, releaseItem, serveNow } from "./holds.ts";
import { changeItem, duplicateItem, getItem } from "./item.ts";
import { addItem, changeItems, listItems } from "./items.ts";
import { preview } from "./preview.ts";
import { getInForce, listProcesses } from "./processes.ts";
import { planPurge, purge } from "./purge.ts";
import { getSession } from "./session.ts";
import { getTimeline } from "./timeline.ts";
import { getRecentTraffic, getTraffic, getTypeTraffic } from "./traffic.ts";
import { explainType, getType, listPlugins, listTypes, orderType } from "./types.ts";

/** What answers each endpoint. */
export const handlers: { readonly [Name in keyof typeof contract]: Handler } = {
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
};
