import { sortFields } from "../../control/list/sort-keys.ts";
import type {
  BulkRequest,
  Decisions,
  Duplicate,
  ExplainRequest,
  HistoryFilterQuery,
  HoldRequest,
  ItemChange,
  ItemsChange,
  ItemsQuery,
  NewItem,
  OrderRequest,
  PurgeRequest,
  ReleaseRequest,
} from "../api.ts";
import { anything, array, id, integer, object, oneOf, type SchemaOf, text, time } from "./schema.ts";
import { readinessKind, source, status } from "./words.ts";

// What is compared in the database: PostgreSQL refuses U+0000.
const storable = { ...text, pattern: "^[^\\u0000]*$" };

const priority = { ...integer, minimum: -32_768, maximum: 32_767 };
const version = { ...integer, minimum: 1 };
const ids = array(id);

export const nothing: SchemaOf<Record<never, never>> = object({});

export const typeParams = object<{ typeId: string }>({ typeId: id });
export const itemParams = object<{ itemId: string }>({ itemId: id });
export const entryParams = object<{ entryId: string }>({
  entryId: { ...text, pattern: "^\\d{1,15}-\\d{1,9}$" },
});

const filters = {
  // Each word is looked for in every item.
  search: { ...text, maxLength: 500 },
  status,
  readiness: readinessKind,
  type: text,
  manager: text,
  module: text,
  retired: oneOf(["true", "false", "include"]),
};

const filterNames = ["search", "status", "readiness", "type", "manager", "module", "retired"] as const;

const sortField = `-?(${sortFields.join("|")})`;

export const itemsQuery = object<ItemsQuery>(
  {
    ...filters,
    sort: { ...text, pattern: `^${sortField}(,${sortField})*$` },
    page: { ...integer, minimum: 1 },
    pageSize: { anyOf: [{ ...integer, minimum: 1 }, { const: "all" }] },
  },
  [...filterNames, "sort", "page", "pageSize"],
);

export const historyQuery = object<HistoryFilterQuery>(
  {
    entity: id,
    type: id,
    actor: storable,
    source,
    since: time,
    until: time,
    before: { ...text, pattern: "^\\d{1,15}-\\d{1,9}$" },
    limit: { ...integer, minimum: 1, maximum: 500 },
  },
  ["entity", "type", "actor", "source", "since", "until", "before", "limit"],
);

// What a label may be, and a config, control says.
export const newItem = object<NewItem>(
  {
    typeId: id,
    module: text,
    name: text,
    label: text,
    config: anything,
    status,
    priority,
    description: text,
  },
  ["config", "status", "priority", "description"],
);

export const duplicate = object<Duplicate>({ label: text, status }, ["status"]);

export const holdRequest = object<HoldRequest>({ reason: text, until: time, forMs: integer, version }, [
  "until",
  "forMs",
  "version",
]);

export const releaseRequest = object<ReleaseRequest>({ version }, ["version"]);

const decisions = { version, status, priority, description: text };

export const itemChange = object<ItemChange>({ ...decisions, label: text, config: anything }, [
  "status",
  "priority",
  "description",
  "label",
  "config",
]);

export const itemsChange = object<ItemsChange>({
  items: array(
    object<Decisions & { id: string }>({ id, ...decisions }, ["status", "priority", "description"]),
  ),
});

export const explainRequest = object<ExplainRequest>({ args: { type: "array", maxItems: 100 } });

export const orderRequest = object<OrderRequest>(
  {
    ids,
    status,
    versions: { type: "object", propertyNames: id, additionalProperties: version },
  },
  ["versions"],
);

export const bulkRequest: SchemaOf<BulkRequest> = {
  ...object<BulkRequest>(
    {
      action: oneOf(["activate", "reserve", "disable", "raise", "lower", "retire", "restore"]),
      ids,
      query: object<NonNullable<BulkRequest["query"]>>(filters, filterNames),
    },
    ["ids", "query"],
  ),
  oneOf: [{ required: ["ids"] }, { required: ["query"] }],
};

export const purgeRequest = object<PurgeRequest>({ ids });
