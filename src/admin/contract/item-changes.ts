import { endpoint } from "./endpoint.ts";
import { ItemDetail, ItemsFilter, itemParams } from "./items.ts";
import { id, integer, json, list, type Of, object, oneOf, optional, text, time } from "./schema.ts";
import { Changed, status } from "./words.ts";

const priority = (words?: Readonly<Record<string, unknown>>) =>
  integer({ minimum: -32_768, maximum: 32_767, ...words });
const version = (words?: Readonly<Record<string, unknown>>) => integer({ minimum: 1, ...words });

/** What a label may be, and a config, control says. */
export type NewItem = Of<typeof NewItem>;
export const NewItem = object({
  typeId: id(),
  module: text(),
  name: text(),
  label: optional(text({ description: "Default: none, for the plugin's only item." })),
  config: optional(json({ description: "Default {}. At most 256 kB." })),
  status: optional(status({ description: "Default: the plugin's." })),
  priority: optional(priority({ description: "Default: the plugin's." })),
  description: optional(text()),
});

export const addItem = endpoint({
  method: "POST",
  path: "/items",
  summary: "Adds an item to a plugin that takes configs; a config that is refused is an INVALID_CONFIG",
  writes: true,
  body: NewItem,
  status: 201,
  answer: ItemDetail,
});

export type Duplicate = Of<typeof Duplicate>;
export const Duplicate = object({
  label: text(),
  status: optional(status({ description: "Default: disable." })),
});

export const duplicateItem = endpoint({
  method: "POST",
  path: "/items/:itemId/duplicate",
  summary: "Adds a copy of an item, with its config and secrets, under another label",
  writes: true,
  params: itemParams,
  body: Duplicate,
  status: 201,
  answer: ItemDetail,
});

const decisions = {
  version: version(),
  status: optional(status()),
  priority: optional(priority()),
  description: optional(text()),
};

export type ItemChange = Of<typeof ItemChange>;
export const ItemChange = object({
  ...decisions,
  label: optional(text()),
  config: optional(
    json({
      description:
        "All of the config. A secret that is left out, empty or as it was shown stays as it is; null removes it.",
    }),
  ),
});

export const changeItem = endpoint({
  method: "PATCH",
  path: "/items/:itemId",
  summary: "Changes an item, unless somebody else has changed it since",
  writes: true,
  params: itemParams,
  body: ItemChange,
  answer: ItemDetail,
});

export type ItemsChange = Of<typeof ItemsChange>;
export const ItemsChange = object({ items: list(object({ id: id(), ...decisions })) });

export const changeItems = endpoint({
  method: "PATCH",
  path: "/items",
  summary: "Changes several items, each in its own way: all of them, or none",
  writes: true,
  body: ItemsChange,
  answer: Changed,
});

export type BulkRequest = Of<typeof BulkRequest>;
export const BulkRequest = object(
  {
    action: oneOf(["activate", "reserve", "disable", "raise", "lower", "reset", "retire", "restore"]),
    ids: optional(list(id())),
    query: optional(ItemsFilter),
  },
  { oneOf: [{ required: ["ids"] }, { required: ["query"] }] },
);

export const changeInBulk = endpoint({
  method: "POST",
  path: "/items/bulk",
  summary: "Does one thing to many items, or to all that a query finds: to all of them, or none",
  writes: true,
  body: BulkRequest,
  answer: Changed,
});

export type HoldRequest = Of<typeof HoldRequest>;
export const HoldRequest = object({
  reason: text({ description: "At most 500 characters." }),
  until: optional(time({ description: "When it comes back by itself. Default: it does not." })),
  forMs: optional(integer({ description: "For how long instead, by the server's clock." })),
  version: optional(version({ description: "Default: the hold is made of whatever is there." })),
});

export const holdItem = endpoint({
  method: "POST",
  path: "/items/:itemId/hold",
  summary:
    "Puts an item aside, so that it gets no calls until it is released, or until it comes back by itself",
  writes: true,
  params: itemParams,
  body: HoldRequest,
  answer: ItemDetail,
});

export type ReleaseRequest = Of<typeof ReleaseRequest>;
export const ReleaseRequest = object({
  version: optional(version({ description: "Default: whatever is there is released." })),
});

export const releaseItem = endpoint({
  method: "POST",
  path: "/items/:itemId/release",
  summary: "Ends the hold of an item before its time",
  writes: true,
  params: itemParams,
  body: ReleaseRequest,
  answer: ItemDetail,
});

export type ServeNowRequest = Of<typeof ServeNowRequest>;
export const ServeNowRequest = object({
  until: optional(
    time({ description: "Until when it leads; then all is as before. Default: it is first for good." }),
  ),
  forMs: optional(integer({ description: "For how long instead, by the server's clock." })),
  version: optional(version({ description: "Default: whatever is there is changed." })),
});

export const serveNow = endpoint({
  method: "POST",
  path: "/items/:itemId/serve-now",
  summary:
    "Makes an item the first choice of its type, for good or for a while: active, before all others, and not held",
  writes: true,
  params: itemParams,
  body: ServeNowRequest,
  answer: Changed,
});

export type EndLeadRequest = Of<typeof EndLeadRequest>;
export const EndLeadRequest = object({
  version: optional(version({ description: "Default: whatever is there is changed." })),
});

export const endLead = endpoint({
  method: "POST",
  path: "/items/:itemId/end-lead",
  summary: "Has an item that is first for a while go back to its place before its time",
  writes: true,
  params: itemParams,
  body: EndLeadRequest,
  answer: ItemDetail,
});
