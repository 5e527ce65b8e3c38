import { changeInBulk } from "./bulk.ts";
import { checkConfig } from "./check.ts";
import { followEvents } from "./events.ts";
import { listHistory, revertChange } from "./history.ts";
import { holdItem, releaseItem } from "./holds.ts";
import { changeItem, duplicateItem, getItem } from "./item.ts";
import { addItem, changeItems, listItems } from "./items.ts";
import { getDescription } from "./openapi.ts";
import { listProcesses } from "./processes.ts";
import { planPurge, purge } from "./purge.ts";
import type { Route } from "./route.ts";
import { getSession } from "./session.ts";
import { explainType, getType, listPlugins, listTypes, orderType } from "./types.ts";

/** All routes of the API; fixed paths stand before those that have a parameter in the same place. */
export const routes: readonly Route[] = [
  getSession,
  listTypes,
  getType,
  explainType,
  listPlugins,
  orderType,
  checkConfig,
  listItems,
  addItem,
  changeItems,
  changeInBulk,
  planPurge,
  purge,
  getItem,
  changeItem,
  duplicateItem,
  holdItem,
  releaseItem,
  listHistory,
  revertChange,
  listProcesses,
  followEvents,
  getDescription,
];
