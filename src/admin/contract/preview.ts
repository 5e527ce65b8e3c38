import { previewEffects } from "../../control/preview/preview.ts";
import { endpoint } from "./endpoint.ts";
import { entryId } from "./history.ts";
import { ItemsFilter } from "./items.ts";
import {
  count,
  flag,
  id,
  integer,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  optional,
  text,
  time,
} from "./schema.ts";
import { ItemName, status, TypeIdentity } from "./words.ts";

const actions = [
  ...(["activate", "reserve", "disable", "raise", "lower", "reset"] as const),
  ...(["retire", "restore", "hold", "release", "end-lead"] as const),
];

/** A change that is thought about. */
export type PreviewRequest = Of<typeof PreviewRequest>;
export const PreviewRequest = object(
  {
    action: optional(oneOf(actions, { description: "With ids or query: what would be done to them." })),
    ids: optional(list(id())),
    query: optional(ItemsFilter),
    updates: optional(
      list(
        object({
          id: id(),
          version: optional(integer({ minimum: 1 })),
          status: optional(status()),
          priority: optional(integer({ minimum: -32_768, maximum: 32_767 })),
          hasNewConfig: optional(
            flag({ description: "It would get another config; taken to be one that works." }),
          ),
        }),
      ),
    ),
    first: optional(id({ description: "The item that would serve its type, as by serve-now." })),
    until: optional(time({ description: "With first: until when it would. Default: for good." })),
    forMs: optional(integer({ description: "With first: for how long instead." })),
    order: optional(list(id(), { description: "Items of one type, in the order that they would have." })),
    status: optional(status({ description: "With order: what they would become." })),
    revert: optional(integer({ minimum: 0, description: "The revision of what would be undone." })),
    entry: optional(entryId({ description: "The id of the one entry of the history that would be undone." })),
    add: optional(
      object(
        {
          ...{ typeId: id(), module: text(), name: text() },
          status: optional(status({ description: "Default: the plugin's." })),
          priority: optional(
            integer({ minimum: -32_768, maximum: 32_767, description: "Default: the plugin's." }),
          ),
        },
        { description: "An item that would be added, with a config that works." },
      ),
    ),
  },
  {
    oneOf: [
      { required: ["action", "ids"] },
      { required: ["action", "query"] },
      { required: ["updates"] },
      { required: ["first"] },
      { required: ["order"] },
      { required: ["revert"] },
      { required: ["entry"] },
      { required: ["add"] },
    ],
  },
);

export type PreviewResult = Of<typeof PreviewResult>;
export const PreviewResult = object(
  {
    changed: count({ description: "How many items would not stay as they are." }),
    types: list(
      object({
        typeId: id(),
        type: TypeIdentity,
        changed: count(),
        effect: oneOf(previewEffects),
        before: nullable(ItemName),
        after: nullable(ItemName),
        isUntried: flag({ description: "What would serve has yet to show that it works." }),
      }),
      { description: "At most 100, the gravest first." },
    ),
    effects: object(
      { unserved: count(), switched: count(), served: count(), same: count(), unknown: count() },
      { description: "How many types there are of each." },
    ),
  },
  { title: "PreviewResult" },
);

export const preview = endpoint({
  method: "POST",
  path: "/preview",
  summary: "What a change would do to the types that it touches, before it is made; changes nothing",
  body: PreviewRequest,
  answer: PreviewResult,
});
