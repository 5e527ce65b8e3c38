import type { Hold } from "../../definition/hold.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import type * as api from "../api.ts";
import {
  anything,
  array,
  count,
  flag,
  id,
  integer,
  nullable,
  object,
  oneOf,
  type SchemaOf,
  text,
  time,
} from "./schema.ts";
import { action, readinessKind, reason, source, status } from "./words.ts";

/** What is answered, under the names that the OpenAPI description gives it. */
export interface Answers {
  readonly Changed: api.Changed;
  readonly CheckResult: api.CheckResult;
  readonly ExplainedItem: api.ExplainedItem;
  readonly HistoryEntry: api.HistoryEntry;
  readonly HistoryList: api.HistoryList;
  readonly Hold: Hold;
  readonly IssueInfo: api.IssueInfo;
  readonly ItemDetail: api.ItemDetail;
  readonly ItemInfo: api.ItemInfo;
  readonly ItemList: api.ItemList;
  readonly ItemName: api.ItemName;
  readonly PluginInfo: api.PluginInfo;
  readonly PluginList: api.PluginList;
  readonly Problem: api.Problem;
  readonly ProcessList: api.ProcessList;
  readonly PurgeResult: api.PurgeResult;
  readonly ReadinessInfo: api.ReadinessInfo;
  readonly SessionInfo: api.SessionInfo;
  readonly StateInfo: api.StateInfo;
  readonly TypeDetail: api.TypeDetail;
  readonly TypeIdentity: TypeIdentity;
  readonly TypeInfo: api.TypeInfo;
  readonly TypeList: api.TypeList;
}

const ref = <Name extends keyof Answers>(name: Name): SchemaOf<Answers[Name]> => ({
  $ref: `#/components/schemas/${name}`,
});

const itemName = { id, module: text, name: text, label: text };
const fullName = object<api.ItemName & { type: TypeIdentity }>({
  ...itemName,
  type: ref("TypeIdentity"),
});

const itemInfo = {
  ...itemName,
  type: ref("TypeIdentity"),
  typeId: id,
  status,
  priority: integer,
  description: text,
  config: anything,
  managed: nullable(oneOf(["file"])),
  hold: nullable(ref("Hold")),
  version: integer,
  revision: integer,
  readiness: ref("ReadinessInfo"),
  retiredAt: nullable(time),
  retiredBy: nullable(oneOf(["sync", "operator"])),
  createdAt: time,
  updatedAt: time,
};

const explainedItem = { ...itemInfo, reason };

const typeInfo = {
  id,
  manager: text,
  name: text,
  description: text,
  isRegistered: flag,
  hasSelector: flag,
  mayWrite: flag,
  counts: object<api.TypeInfo["counts"]>({ active: count, reserve: count, disable: count, retired: count }),
  health: object<api.TypeInfo["health"]>({
    ready: count,
    making: count,
    failed: count,
    missing: count,
    cooling: count,
    held: count,
    idle: count,
  }),
  serving: nullable(ref("ItemName")),
};

type Process = api.ProcessList["processes"][number];

const process = object<Process>({
  id,
  host: text,
  pid: integer,
  version: text,
  state: text,
  transport: text,
  revision: integer,
  startedAt: time,
  seenAt: time,
  seenAgoMs: integer,
  isThis: flag,
  misses: array(fullName),
  failures: array(
    object<Process["failures"][number]>({ ...itemName, type: ref("TypeIdentity"), message: text }),
  ),
});

const fields = { type: ["object", "null"], additionalProperties: anything } as const;

export const answers: { readonly [Name in keyof Answers]: SchemaOf<Answers[Name]> } = {
  Changed: object<api.Changed>({ changed: count, revision: count }),
  CheckResult: object<api.CheckResult>({ ok: flag, message: nullable(text), durationMs: { type: "number" } }),
  ExplainedItem: object<api.ExplainedItem>(explainedItem),
  HistoryEntry: object<api.HistoryEntry>({
    id: text,
    revision: integer,
    entity: oneOf(["type", "item"]),
    entityId: id,
    typeId: id,
    type: nullable(ref("TypeIdentity")),
    item: nullable(ref("ItemName")),
    action,
    actor: nullable(text),
    source,
    before: { ...fields, type: [...fields.type] },
    after: { ...fields, type: [...fields.type] },
    at: time,
    isRevertible: flag,
    secretsKept: array(text),
  }),
  HistoryList: object<api.HistoryList>({ entries: array(ref("HistoryEntry")), next: nullable(text) }),
  IssueInfo: object<api.IssueInfo>({ path: text, message: text }),
  Hold: object<Hold>({ reason: text, until: time, by: text, since: time }, ["until"]),
  ItemDetail: object<api.ItemDetail>({
    ...explainedItem,
    mayWrite: flag,
    mayPurge: flag,
    aliases: array(object<api.ItemDetail["aliases"][number]>({ module: text, name: text })),
    code: nullable(
      object<NonNullable<api.ItemDetail["code"]>>({ status, priority: integer, description: text }),
    ),
    plugin: nullable(ref("PluginInfo")),
    configIssues: array(ref("IssueInfo")),
    processes: array(
      object<api.ItemDetail["processes"][number]>(
        { host: text, pid: integer, version: text, knows: flag, failure: text },
        ["failure"],
      ),
    ),
  }),
  ItemInfo: object<api.ItemInfo>(itemInfo),
  ItemList: object<api.ItemList>({
    items: array(ref("ItemInfo")),
    total: count,
    page: integer,
    pages: integer,
    pageSize: count,
    facets: object<api.ItemList["facets"]>({
      types: array(ref("TypeIdentity")),
      modules: array(text),
      managers: array(text),
    }),
  }),
  ItemName: object<api.ItemName>(itemName),
  PluginInfo: object<api.PluginInfo>({
    module: text,
    name: text,
    description: text,
    status,
    priority: integer,
    schema: nullable({ type: "object" }),
    secrets: array(text),
    checkable: flag,
  }),
  PluginList: object<api.PluginList>({ plugins: array(ref("PluginInfo")) }),
  Problem: object<api.Problem>(
    {
      type: text,
      title: text,
      status: integer,
      detail: text,
      code: text,
      current: array(ref("ItemInfo")),
      issues: array(ref("IssueInfo")),
    },
    ["current", "issues"],
  ),
  ProcessList: object<api.ProcessList>({ revision: integer, processes: array(process) }),
  PurgeResult: object<api.PurgeResult>({
    items: array(fullName),
    types: array(ref("TypeIdentity")),
    historyEntries: count,
  }),
  ReadinessInfo: object<api.ReadinessInfo>(
    {
      kind: readinessKind,
      error: text,
      reason: oneOf(["circuit", "unauthorized", "exhausted"]),
      until: time,
      failures: object<NonNullable<api.ReadinessInfo["failures"]>>({ count, at: time }),
    },
    ["error", "reason", "until", "failures"],
  ),
  SessionInfo: object<api.SessionInfo>({
    actor: text,
    access: oneOf(["read", "write"]),
    types: nullable(array(ref("TypeIdentity"))),
    title: text,
    namespace: text,
    locale: nullable(text),
    signOutUrl: nullable(text),
    state: ref("StateInfo"),
  }),
  StateInfo: object<api.StateInfo>(
    {
      kind: oneOf(["live", "stale", "bootstrapped", "closed"]),
      revision: count,
      ageMs: { type: "number" },
      transport: text,
      since: time,
      cause: text,
    },
    ["since", "cause"],
  ),
  TypeDetail: object<api.TypeDetail>(
    { ...typeInfo, items: array(ref("ExplainedItem")), selectorError: text },
    ["selectorError"],
  ),
  TypeIdentity: object<TypeIdentity>({ manager: text, name: text }),
  TypeInfo: object<api.TypeInfo>(typeInfo),
  TypeList: object<api.TypeList>({ types: array(ref("TypeInfo")) }),
};
