import { servedHows } from "../../store/process-row.ts";
import { endpoint } from "./endpoint.ts";
import { ExplainedItem } from "./items.ts";
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
  record,
  text,
  time,
} from "./schema.ts";
import { typeParams } from "./type-params.ts";
import { Changed, ItemName, status } from "./words.ts";

/** What serves a type in the application's processes. */
export type ServingNowInfo = Of<typeof ServingNowInfo>;
const ServingNowInfo = object(
  {
    processes: count({
      description:
        "How many processes serve the type; 0 where none runs, and where a selector decides by arguments.",
    }),
    by: list(
      object({
        item: nullable(ItemName, { description: "null where nothing serves." }),
        how: oneOf(servedHows, {
          description:
            "How the item came to it: `last-resort` was put aside, and serves because nothing better is left.",
        }),
        processes: count({ description: "In how many of them." }),
        since: time(),
      }),
      { description: "What serves, where most do first; several where processes differ." },
    ),
  },
  { title: "ServingNow", description: "What serves in the application's processes, as they say themselves." },
);

const typeInfo = {
  id: id(),
  manager: text(),
  name: text(),
  description: text(),
  isRegistered: flag({ description: "Whether this process has it in its code." }),
  hasSelector: flag({ description: "Whether a selector decides, which may take arguments." }),
  mayWrite: flag({ description: "Whether the caller may change its items." }),
  counts: object(
    { active: count(), reserve: count(), disable: count(), retired: count() },
    { description: "How many items it has in each status, retired ones apart." },
  ),
  health: object(
    {
      ready: count(),
      making: count(),
      failed: count(),
      missing: count(),
      cooling: count(),
      held: count(),
      idle: count(),
    },
    { description: "How many of its active and reserved items are ready, and so on." },
  ),
  serving: nullable(ItemName, {
    description:
      "The item that serves in the process that answers; null where none does, or where that depends on a selector's arguments.",
  }),
  servingNow: ServingNowInfo,
};

/** A plugin type with its numbers, as lists show it. */
export type TypeInfo = Of<typeof TypeInfo>;
export const TypeInfo = object(typeInfo, { title: "TypeInfo" });

export type TypeList = Of<typeof TypeList>;
export const TypeList = object({ types: list(TypeInfo) }, { title: "TypeList" });

export const listTypes = endpoint({
  method: "GET",
  path: "/types",
  summary: "All plugin types, with their numbers of items and what serves",
  answer: TypeList,
});

export type TypeDetail = Of<typeof TypeDetail>;
export const TypeDetail = object(
  {
    ...typeInfo,
    items: list(ExplainedItem, { description: "In the order of selection, retired ones last." }),
    selectorError: optional(
      text({ description: "Why nothing could be selected, where the selector threw." }),
    ),
  },
  { title: "TypeDetail" },
);

export const getType = endpoint({
  method: "GET",
  path: "/types/:typeId",
  summary: "A plugin type and its items, with why each is, or is not, selected",
  params: typeParams,
  answer: TypeDetail,
});

export type ExplainRequest = Of<typeof ExplainRequest>;
export const ExplainRequest = object({ args: list(json(), { maxItems: 100 }) });

export const explainType = endpoint({
  method: "POST",
  path: "/types/:typeId/explain",
  summary: "The same, for arguments of the type's selector",
  params: typeParams,
  body: ExplainRequest,
  answer: TypeDetail,
});

export type OrderRequest = Of<typeof OrderRequest>;
export const OrderRequest = object({
  ids: list(id(), { description: "The items of one lane, in their new order." }),
  status: status({ description: "Where the items are moved to." }),
  versions: optional(
    record(integer({ minimum: 1 }), {
      propertyNames: id(),
      description: "The versions that the caller has seen, by id; a stale one is a 409.",
    }),
  ),
});

export const orderType = endpoint({
  method: "PUT",
  path: "/types/:typeId/order",
  summary: "Brings items of a type into an order, and into a status",
  writes: true,
  params: typeParams,
  body: OrderRequest,
  answer: Changed,
});
