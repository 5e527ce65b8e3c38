import { contract } from "../contract/contract.ts";
import { panelEvents } from "../events.ts";
import { callerOf } from "../guards/authorized.ts";
import { handler } from "./handler.ts";

export const followEvents = handler(contract.followEvents, ({ plugbay, request, host, settings }) => {
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
});
