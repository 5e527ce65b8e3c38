import { codeFields } from "../../control/list/code-differences.ts";
import { sortFields } from "../../control/list/sort-keys.ts";
import { endpoint } from "./endpoint.ts";
import { PluginInfo } from "./plugins.ts";
import { ReadinessInfo } from "./readiness.ts";
import {
  count,
  flag,
  id,
  integer,
  json,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  optional,
  text,
  time,
} from "./schema.ts";
import { IssueInfo, itemName, readinessKind, reason, status, TypeIdentity } from "./words.ts";

const Hold = object(
  { reason: text(), until: optional(time()), by: text(), since: time() },
  { title: "Hold", description: "That an operator put an item aside, and until when, where that is known." },
);

const Lead = object(
  { until: time(), by: text(), since: time() },
  {
    title: "Lead",
    description:
      "That an operator put an item first for a while: it counts as active, and comes before all others of its type.",
  },
);

const itemInfo = {
  ...itemName,
  type: TypeIdentity,
  typeId: id(),
  status: status(),
  priority: integer(),
  description: text(),
  config: json({ description: 'Of a secret it has { secret: "set", at, fingerprint }.' }),
  managed: nullable(oneOf(["file"]), {
    description:
      "`file`: only an import changes it, and every change but retirement is a 409; null: operators do.",
  }),
  hold: nullable(Hold),
  lead: nullable(Lead),
  version: integer({
    description:
      "Hand it back with a change: if somebody else has changed it since, the change is refused, not overwritten.",
  }),
  revision: integer(),
  readiness: ReadinessInfo,
  differsFromCode: list(oneOf(codeFields), {
    description: "In what it is not as this process's code says; empty where it has no such plugin.",
  }),
  mayWrite: flag({ description: "Whether the caller may change it." }),
  retiredAt: nullable(time()),
  retiredBy: nullable(oneOf(["sync", "operator"])),
  createdAt: time(),
  updatedAt: time(),
};

/** A plugin item, as lists show it. */
export type ItemInfo = Of<typeof ItemInfo>;
export const ItemInfo = object(itemInfo, { title: "ItemInfo" });

const explainedItem = { ...itemInfo, reason: reason() };

/** An item with why it is, or is not, selected. */
export type ExplainedItem = Of<typeof ExplainedItem>;
export const ExplainedItem = object(explainedItem, { title: "ExplainedItem" });

/** An item, what the code of the answering process says of it, and which processes have its plugin. */
export type ItemDetail = Of<typeof ItemDetail>;
export const ItemDetail = object(
  {
    ...explainedItem,
    mayPurge: flag({ description: "Whether the caller may purge it, once it is retired." }),
    aliases: list(object({ module: text(), name: text() }), { description: "Former names." }),
    code: nullable(object({ status: status(), priority: integer(), description: text() }), {
      description: "What the code of this process says; null where it has no such plugin.",
    }),
    plugin: nullable(PluginInfo, {
      description: "Null where the plugin takes no config, or this process has no such plugin.",
    }),
    checkable: flag({
      description:
        "Whether its plugin can say if it works, with a config or without: see POST /types/:typeId/check.",
    }),
    configIssues: list(IssueInfo, { description: "What keeps the config from being used." }),
    processes: list(
      object({ host: text(), pid: integer(), version: text(), knows: flag(), failure: optional(text()) }),
      { description: "Which processes have the plugin, and which could not make it ready." },
    ),
  },
  { title: "ItemDetail" },
);

export const itemParams = object({ itemId: id() });

const filters = {
  // Each word is looked for in every item.
  search: optional(text({ maxLength: 500 })),
  status: optional(status()),
  readiness: optional(readinessKind()),
  type: optional(text()),
  manager: optional(text()),
  module: optional(text()),
  differsFromCode: optional(
    oneOf(["true", "false"], {
      description: "Whether its status, priority or description is another one than in code.",
    }),
  ),
  retired: optional(oneOf(["true", "false", "include"])),
};

/** Which items are meant, on all pages. */
export const ItemsFilter = object(filters);

const sortField = `-?(${sortFields.join("|")})`;

export type ItemsQuery = Of<typeof ItemsQuery>;
export const ItemsQuery = object({
  ...filters,
  sort: optional(
    text({
      pattern: `^${sortField}(,${sortField})*$`,
      description: "A comma-separated list; - in front: downwards.",
    }),
  ),
  page: optional(integer({ minimum: 1 })),
  pageSize: optional(integer({ minimum: 1, maximum: 1_000, description: "Default 100." })),
});

/** One page of a list. */
export type ItemList = Of<typeof ItemList>;
export const ItemList = object(
  {
    items: list(ItemInfo),
    total: count(),
    page: integer(),
    pages: integer(),
    pageSize: count(),
    facets: object(
      { types: list(TypeIdentity), modules: list(text()), managers: list(text()) },
      { description: "What the filters can be set to." },
    ),
  },
  { title: "ItemList" },
);

export const listItems = endpoint({
  method: "GET",
  path: "/items",
  summary: "Plugin items by search words, filters, sort and page",
  query: ItemsQuery,
  answer: ItemList,
});

export const getItem = endpoint({
  method: "GET",
  path: "/items/:itemId",
  summary: "A plugin item, what the code says of it, and which processes have its plugin",
  params: itemParams,
  answer: ItemDetail,
});
