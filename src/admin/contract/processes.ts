import { endpoint } from "./endpoint.ts";
import { flag, id, integer, list, type Of, object, text, time } from "./schema.ts";
import { itemName, TypeIdentity } from "./words.ts";

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
    failures: list(object({ ...itemName, type: TypeIdentity, message: text() })),
  },
  { title: "ProcessInfo" },
);

export type ProcessList = Of<typeof ProcessList>;
export const ProcessList = object(
  { revision: integer(), processes: list(ProcessInfo) },
  { title: "ProcessList" },
);

export const listProcesses = endpoint({
  method: "GET",
  path: "/processes",
  summary: "The application's processes, as each last said of itself",
  answer: ProcessList,
});
