import { endpoint } from "./endpoint.ts";
import {
  count,
  id,
  integer,
  list,
  nullable,
  number,
  type Of,
  object,
  oneOf,
  optional,
  record,
  text,
  time,
} from "./schema.ts";
import { typeParams } from "./type-params.ts";

const counts = {
  calls: count({
    description: "Attempts at items that came to an end, but for those that the caller gave up.",
  }),
  failures: count({ description: "Those that did not succeed." }),
  rescued: count({ description: "Failures after which another item served the call." }),
};

const duration = () => nullable(number({ minimum: 0 }));

export type TrafficSummaryInfo = Of<typeof TrafficSummaryInfo>;
export const TrafficSummaryInfo = object(
  {
    ...counts,
    outcomes: record(count(), { description: "Failures by outcome, such as `retryable`." }),
    p50: duration(),
    p95: duration(),
  },
  {
    title: "TrafficSummaryInfo",
    description:
      "p50 and p95: what half, and 95 in 100, of the calls did not take longer than, in milliseconds, within 10 percent.",
  },
);

const steps = { calls: list(count()), failures: list(count()), rescued: list(count()) };

const scale = {
  since: time({ description: "When the first step begins." }),
  stepMs: integer({ minimum: 1, description: "How long a step is. The last one is under way." }),
};

export type TypeTraffic = Of<typeof TypeTraffic>;
export const TypeTraffic = object(
  {
    ...scale,
    ...steps,
    p50: list(duration()),
    p95: list(duration()),
    total: TrafficSummaryInfo,
    items: list(object({ itemId: id(), ...steps, total: TrafficSummaryInfo }), {
      description: "Those with calls, the most first; 50 at most.",
    }),
  },
  { title: "TypeTraffic" },
);

const TypeTrafficQuery = object({
  range: optional(oneOf(["hour", "14d"], { description: "By minutes, or by hours. Default `hour`." })),
});

export const getTypeTraffic = endpoint({
  method: "GET",
  path: "/types/:typeId/traffic",
  summary: "What calls of a type and its items came to. Calls of what `get` gives are not seen",
  params: typeParams,
  query: TypeTrafficQuery,
  answer: TypeTraffic,
});

export type TrafficInfo = Of<typeof TrafficInfo>;
export const TrafficInfo = object(
  {
    ...scale,
    ...steps,
    total: TrafficSummaryInfo,
    troubled: list(object({ typeId: id(), ...counts }), {
      description: "The types with the most failures; 10 at most.",
    }),
  },
  { title: "TrafficInfo" },
);

export const getTraffic = endpoint({
  method: "GET",
  path: "/traffic",
  summary: "What the calls of the last hour came to, of all types together",
  answer: TrafficInfo,
});

export type RecentTrafficInfo = Of<typeof RecentTrafficInfo>;
export const RecentTrafficInfo = object(
  {
    ...scale,
    subjects: record(
      object({
        ...counts,
        byMinute: list(count(), { description: "Calls." }),
        failuresByMinute: list(count()),
      }),
      { propertyNames: id(), description: "By the id of the type or item; those with calls." },
    ),
  },
  { title: "RecentTrafficInfo" },
);

const ids = (words: Readonly<Record<string, unknown>>) =>
  text({ pattern: "^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,99}$", ...words });

const RecentTrafficQuery = object({
  types: optional(ids({ description: "Ids of types, with commas between them; 100 at most." })),
  items: optional(ids({ description: "Ids of items, with commas between them; 100 at most." })),
});

export const getRecentTraffic = endpoint({
  method: "GET",
  path: "/traffic/recent",
  summary: "The last hour of these types and items, for lists",
  query: RecentTrafficQuery,
  answer: RecentTrafficInfo,
});
