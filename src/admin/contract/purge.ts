import { endpoint } from "./endpoint.ts";
import { count, id, list, type Of, object } from "./schema.ts";
import { itemName, TypeIdentity } from "./words.ts";

export type PurgeRequest = Of<typeof PurgeRequest>;
export const PurgeRequest = object({ ids: list(id()) });

/** What is, or would be, purged. */
export type PurgeResult = Of<typeof PurgeResult>;
export const PurgeResult = object(
  {
    items: list(object({ ...itemName, type: TypeIdentity })),
    types: list(TypeIdentity),
    historyEntries: count({ description: "How many entries of the history speak of them; they stay." }),
  },
  { title: "PurgeResult" },
);

export const planPurge = endpoint({
  method: "POST",
  path: "/items/purge/plan",
  summary: "What a purge of these retired items would delete; deletes nothing",
  body: PurgeRequest,
  answer: PurgeResult,
});

export const purge = endpoint({
  method: "POST",
  path: "/items/purge",
  summary: "Permanently deletes retired items; their history is kept",
  writes: true,
  body: PurgeRequest,
  answer: PurgeResult,
});
