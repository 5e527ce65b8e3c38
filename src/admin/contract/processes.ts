import { endpoint } from "./endpoint.ts";
import { count, flag, id, integer, list, nullable, type Of, object, oneOf, text, time } from "./schema.ts";
import { itemName, TypeIdentity } from "./words.ts";

const TroubleInfo = object(
  {
    ...itemName,
    type: TypeIdentity,
    state: oneOf(["failed", "misconfigured", "circuit", "unauthorized", "exhausted", "held", "missing"], {
      description:
        "It could not be made or fails its checks, its config is refused, its calls fail, its credentials were refused, " +
        "its provider said when to come again, an operator put it aside, or the process does not have its plugin.",
    }),
    since: time(),
    message: nullable(text(), { description: "The last error, without secrets." }),
    until: nullable(time(), { description: "When it comes back by itself, where that is known." }),
  },
  { title: "TroubleInfo" },
);

const ProcessInfo = object(
  {
    id: id(),
    host: text(),
    pid: integer(),
    version: text(),
    state: text(),
    transport: text(),
    revision: integer(),
    startedAt: time(),
    seenAt: time(),
    seenAgoMs: integer({ description: "Milliseconds since `seenAt`, whatever the clocks say." }),
    isThis: flag({ description: "Whether it is the one that answers." }),
    misses: list(object({ ...itemName, type: TypeIdentity }), {
      description: "Plugins with items in use that it does not have.",
    }),
    troubles: list(TroubleInfo, { description: "What is wrong in it with items in use." }),
  },
  { title: "ProcessInfo" },
);

const PanelProcess = object(
  { host: text(), pid: integer(), state: text(), transport: text(), revision: integer() },
  { title: "PanelProcess" },
);

export type ProcessList = Of<typeof ProcessList>;
export const ProcessList = object(
  {
    revision: integer(),
    processes: list(ProcessInfo),
    panel: nullable(PanelProcess, {
      description:
        "The process that answers, where it only shows the panel: it is none of the others, and not counted.",
    }),
  },
  { title: "ProcessList" },
);

export const listProcesses = endpoint({
  method: "GET",
  path: "/processes",
  summary: "The application's processes, as each last said of itself",
  answer: ProcessList,
});

const InForce = object(
  {
    revision: integer(),
    processes: count({ description: "How many processes the application has." }),
    inForce: count({ description: "How many of them serve by this revision or a later one." }),
  },
  { title: "InForce" },
);

export const getInForce = endpoint({
  method: "GET",
  path: "/in-force",
  summary: "In how many processes a revision is in force",
  query: object({ revision: integer({ minimum: 0 }) }),
  answer: InForce,
});
