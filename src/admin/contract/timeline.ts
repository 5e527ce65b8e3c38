import { eventKinds, eventTroubles } from "../../store/event-row.ts";
import { servedHows } from "../../store/process-row.ts";
import { endpoint } from "./endpoint.ts";
import {
  count,
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
import { typeParams } from "./type-params.ts";
import { action, ItemName, source, TypeIdentity } from "./words.ts";

const TimelineEventInfo = object(
  {
    kind: oneOf(eventKinds),
    item: nullable(ItemName, { description: "What it happened to, or what serves from then on." }),
    from: nullable(ItemName, { description: "With `switched`: what served before." }),
    how: nullable(oneOf(servedHows)),
    was: nullable(oneOf(eventTroubles, { description: "With `recovered`: from what." })),
    message: nullable(text(), { description: "The last error, without secrets." }),
    processes: count({ description: "In how many processes." }),
    of: nullable(count({ description: "Of how many, where that is known." })),
  },
  { title: "TimelineEvent" },
);

const TimelineChangeInfo = object(
  {
    revision: integer(),
    actor: nullable(text()),
    source: source(),
    reason: nullable(text()),
    total: count({ description: "How many entries of the history it has." }),
    entries: list(
      object({
        entity: oneOf(["type", "item"]),
        entityId: id(),
        typeId: id(),
        type: nullable(TypeIdentity),
        item: nullable(ItemName),
        action: action(),
        before: nullable(jsonObject()),
        after: nullable(jsonObject()),
      }),
      { description: "The first 10 of the type; values that may be long are null." },
    ),
  },
  { title: "TimelineChange" },
);

export type TimelineEntryInfo = Of<typeof TimelineEntryInfo>;
const TimelineEntryInfo = object(
  {
    id: text(),
    at: time(),
    event: nullable(TimelineEventInfo, { description: "What happened in the processes; or null, and:" }),
    change: nullable(TimelineChangeInfo, { description: "What somebody changed." }),
  },
  { title: "TimelineEntry" },
);

const Timeline = object({ entries: list(TimelineEntryInfo) }, { title: "Timeline" });

const TimelineQuery = object({
  since: optional(time({ description: "Default: 14 days back." })),
  limit: optional(integer({ minimum: 1, maximum: 200, description: "Default 50." })),
});

export const getTimeline = endpoint({
  method: "GET",
  path: "/types/:typeId/timeline",
  summary: "What happened to a type in the processes, and who changed what, the latest first",
  params: typeParams,
  query: TimelineQuery,
  answer: Timeline,
});
