import { isAmbiguousPath } from "../admin/ambiguous-path.ts";
import { ask } from "./ask.ts";
import { endWithServer } from "./closing-server.ts";
import type { Place } from "./mount.ts";
import { type Arrival, toRequest } from "./node-request.ts";

/**
 * Has the admin answer a request that arrived at a host on Node. Rejects when the admin does, for the
 * host's own error handler.
 */
export async function answer<HostRequest>(
  place: Place<HostRequest>,
  arrival: Arrival<HostRequest>,
): Promise<Response> {
  const within = endWithServer(arrival.incoming);
  const request = tryRequest(place.pathname, arrival);
  const response = request
    ? await ask(place.admin, request, arrival.host)
    : new Response(null, { status: 400 });
  return within(response);
}

function tryRequest(pathname: string, arrival: Arrival<unknown>): Request | undefined {
  if (isAmbiguousPath(pathname)) return undefined;
  try {
    return toRequest(arrival, pathname);
  } catch {
    return undefined;
  }
}
