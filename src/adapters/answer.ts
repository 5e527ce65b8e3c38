import { isAmbiguousPath } from "../admin/ambiguous-path.ts";
import { ask } from "./ask.ts";
import { endWithServer } from "./closing-server.ts";
import type { Place } from "./mount.ts";
import { type Arrival, toRequest } from "./node-request.ts";
import { writeResponse } from "./node-response.ts";

/**
 * Has the admin answer a request that arrived at a host on Node, and writes the answer. Rejects when the admin
 * does, and then nothing is written: the host's handler of errors has the word.
 *
 * @param takeOver is called right before the answer is written: from then on the host must not write one.
 */
export async function answer<HostRequest>(
  place: Place<HostRequest>,
  arrival: Arrival<HostRequest>,
  takeOver?: () => void,
): Promise<void> {
  const within = endWithServer(arrival.incoming);
  const request = tryRequest(place.pathname, arrival);
  const response = request
    ? await ask(place.admin, request, arrival.host)
    : new Response(null, { status: 400 });
  takeOver?.();
  await writeResponse(within(response), arrival.outgoing);
}

function tryRequest(pathname: string, arrival: Arrival<unknown>): Request | undefined {
  if (isAmbiguousPath(pathname)) return undefined;
  try {
    return toRequest(arrival, pathname);
  } catch {
    return undefined;
  }
}
