import { contract } from "../contract/contract.ts";
import { panelEvents } from "../events.ts";
import { callerOf } from "../guards/authorized.ts";
import { handler } from "./handler.ts";

export const followEvents = handler(
  contract.followEvents,
  ({ plugbay, request, host, settings, caller, places }) => {
    const isHead = request.method === "HEAD";
    if (isHead) places.streams.check(caller.actor);
    const stillKnown = async () => (await callerOf(settings, request, host)) !== null;
    const begin = () =>
      panelEvents(plugbay, request.signal, { stillKnown, ended: places.streams.take(caller.actor) });
    return new Response(isHead ? null : begin(), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        // nginx would keep events back until it has a few kilobytes of them.
        "x-accel-buffering": "no",
      },
    });
  },
);
