import { endpoint } from "./endpoint.ts";
import { ReadinessInfo } from "./readiness.ts";
import { id, integer, list, type Of, object } from "./schema.ts";
import { StateInfo } from "./session.ts";

const panelEvents = {
  change: object(
    { revision: integer(), typeIds: list(id()) },
    { description: "Something changed; what was read of these types is old." },
  ),
  readiness: object({ itemId: id(), readiness: ReadinessInfo }),
  processes: object(
    {},
    {
      description:
        "A process says something new, came or left: what serves may have changed, or a revision is in force.",
    },
  ),
  state: StateInfo,
  end: object({}, { description: "The stream ends here, to be opened again at once." }),
};

/** What the data of an event, as JSON, describe, by the event's name. */
export type PanelEvents = { readonly [Name in keyof typeof panelEvents]: Of<(typeof panelEvents)[Name]> };

export const followEvents = endpoint({
  method: "GET",
  path: "/events",
  summary: "Server-sent events: change, readiness, processes and state",
  answer: { mediaType: "text/event-stream" },
});
