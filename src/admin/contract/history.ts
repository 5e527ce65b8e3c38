import { notRevertibleReasons } from "../../control/history/not-revertible.ts";
import { endpoint } from "./endpoint.ts";
import {
  flag,
  id,
  integer,
  jsonObject,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  optional,
  text,
  time,
} from "./schema.ts";
import { action, Changed, ItemName, source, TypeIdentity } from "./words.ts";

/** The id of an entry, as `entryId` of present/entry.ts makes it. */
export const entryId = (words?: Readonly<Record<string, unknown>>) =>
  text({ pattern: "^\\d{1,15}-\\d{1,9}$", ...words });

const entryParams = object({ entryId: entryId() });

/** One change of one item or type. */
export type HistoryEntry = Of<typeof HistoryEntry>;
export const HistoryEntry = object(
  {
    id: text({ description: "<revision>-<position>" }),
    revision: integer(),
    entity: oneOf(["type", "item"]),
    entityId: id(),
    typeId: id(),
    type: nullable(TypeIdentity, { description: "As it is called now; null for what was purged." }),
    item: nullable(ItemName, { description: "As it is called now; null for what was purged." }),
    action: action(),
    actor: nullable(text()),
    source: source(),
    before: nullable(jsonObject()),
    after: nullable(jsonObject()),
    reason: nullable(text(), { description: "Why, as who did it has said." }),
    at: time(),
    isRevertible: flag({
      description:
        "Whether the caller may have it reverted: a change of an item's own fields that is not undone already.",
    }),
    notRevertible: nullable(
      oneOf(notRevertibleReasons, {
        description:
          "Why not: `kind`: what was created, purged, renamed or is of a type; `purged`: the item is gone; `access`: the caller may not; `invalid`: a value that no item can have; `managed`: by a file; `changed-since`; `config`: the plugin's code reads configs in another way; `secrets`: they are not kept.",
      }),
    ),
  },
  { title: "HistoryEntry" },
);

/** One page, the latest first. */
export type HistoryList = Of<typeof HistoryList>;
export const HistoryList = object(
  {
    entries: list(HistoryEntry),
    next: nullable(text(), { description: "`before` of the next page; null on the last one." }),
  },
  { title: "HistoryList" },
);

// What is compared in the database: PostgreSQL refuses U+0000.
const storable = () => text({ pattern: "^[^\\u0000]*$" });

const filters = {
  entity: optional(id({ description: "An item's or type's id." })),
  type: optional(id()),
  actor: optional(storable()),
  reason: optional(text({ pattern: "^[^\\u0000]*$", description: "A part of the reason." })),
  source: optional(source()),
  since: optional(time()),
  until: optional(time()),
};

export type HistoryFilterQuery = Of<typeof HistoryFilterQuery>;
export const HistoryFilterQuery = object({
  ...filters,
  before: optional(entryId({ description: "The id of the last entry of the page before." })),
  limit: optional(integer({ minimum: 1, maximum: 500, description: "Default 50." })),
});

export const listHistory = endpoint({
  method: "GET",
  path: "/history",
  summary: "Who changed what and when, the latest first",
  query: HistoryFilterQuery,
  answer: HistoryList,
});

const changeSet = {
  revision: integer(),
  at: time(),
  actor: nullable(text()),
  source: source(),
  reason: nullable(text()),
  total: integer({ description: "How many entries it has." }),
  entries: list(HistoryEntry, {
    description: "In the order in which they were written; in a list the first 20.",
  }),
  isRevertible: flag({
    description: "Whether the caller may have all of it reverted, as far as these entries say.",
  }),
};

/** All that one action changed. */
export type ChangeSetInfo = Of<typeof ChangeSetInfo>;
export const ChangeSetInfo = object(changeSet, { title: "ChangeSet" });

/** One page, the latest first. */
export type ChangeSetList = Of<typeof ChangeSetList>;
export const ChangeSetList = object(
  {
    changes: list(ChangeSetInfo),
    next: nullable(integer(), { description: "`before` of the next page; null on the last one." }),
  },
  { title: "ChangeSetList" },
);

export type ChangeSetsQuery = Of<typeof ChangeSetsQuery>;
export const ChangeSetsQuery = object({
  ...filters,
  before: optional(integer({ minimum: 0, description: "The revision of the last one of the page before." })),
  limit: optional(integer({ minimum: 1, maximum: 199, description: "Default 50." })),
});

const revisionParams = object({ revision: text({ pattern: "^\\d{1,15}$" }) });

export const listChangeSets = endpoint({
  method: "GET",
  path: "/history/changes",
  summary: "What was changed together, the latest first: one entry for each action",
  query: ChangeSetsQuery,
  answer: ChangeSetList,
});

export const getChangeSet = endpoint({
  method: "GET",
  path: "/history/changes/:revision",
  summary: "All that one action changed",
  params: revisionParams,
  answer: ChangeSetInfo,
});

/** What a revert would do to the item's fields. */
const RevertInfo = object(
  {
    before: jsonObject({ description: "The fields that would change, as they are now." }),
    after: jsonObject({ description: "The same fields as they would be." }),
    secretsKept: list(text(), {
      description: "The secrets that the change replaced, and that would stay as they are now.",
    }),
  },
  { title: "RevertInfo" },
);

export const planRevert = endpoint({
  method: "GET",
  path: "/history/:entryId/revert",
  summary: "What a revert would set back, or why it would be refused; changes nothing",
  params: entryParams,
  answer: RevertInfo,
});

export const revertChange = endpoint({
  method: "POST",
  path: "/history/:entryId/revert",
  summary: "Undoes a change of an item by a new one, unless it was changed again since",
  writes: true,
  params: entryParams,
  answer: Changed,
});

/** What a revert of a change set would do to each item. */
const RevertAllInfo = object(
  {
    total: integer({ description: "How many items would change." }),
    items: list(
      object({
        entityId: id(),
        typeId: nullable(id(), { description: "Of the item's type." }),
        item: nullable(ItemName),
        before: jsonObject({ description: "The fields that would change, as they are now." }),
        after: jsonObject({ description: "The same fields as they would be." }),
        secretsKept: list(text(), { description: "The secrets that would stay as they are now." }),
      }),
      { description: "The first 100 of them." },
    ),
  },
  { title: "RevertAllInfo" },
);

export const planRevertAll = endpoint({
  method: "GET",
  path: "/history/changes/:revision/revert",
  summary: "What a revert of all of it would set back, or why it would be refused; changes nothing",
  params: revisionParams,
  answer: RevertAllInfo,
});

export const revertAll = endpoint({
  method: "POST",
  path: "/history/changes/:revision/revert",
  summary: "Undoes all that one action changed by one new change, or nothing of it",
  writes: true,
  params: revisionParams,
  answer: Changed,
});
