import { panelEvents } from "../events.ts";
import { callerOf } from "../guards/authorized.ts";
import { route } from "./route.ts";

export const followEvents = route({
  method: "GET",
  path: "/events",
  summary: "Server-sent events: change, readiness and state",
  answer: { mediaType: "text/event-stream" },
  handle({ plugbay, request, host, settings }) {
    const isHead = request.method === "HEAD";
    const stillKnown = async () => (await callerOf(settings, request, host)) !== null;
    return new Response(isHead ? null : panelEvents(plugbay, request.signal, stillKnown), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        // nginx would keep events back until it has a few kilobytes of them.
        "x-accel-buffering": "no",
      },
    });
  },
});
