import { isAmbiguousPath } from "../admin/ambiguous-path.ts";
import { ask } from "./ask.ts";
import type { Place } from "./mount.ts";
import { type Arrival, toRequest } from "./node-request.ts";
import { writeResponse } from "./node-response.ts";

/**
 * Has the admin answer a request that arrived at a host on Node, and writes the answer. Rejects when the admin
 * does, and then nothing is written: the host's handler of errors has the word.
 *
 * @param takeOver is called right before the answer is written: from then on the host must not write one.
 */
export async function answer(place: Place, arrival: Arrival, takeOver?: () => void): Promise<void> {
  const request = tryRequest(place, arrival);
  const response = request ? await ask(place.admin, request) : new Response(null, { status: 400 });
  takeOver?.();
  await writeResponse(response, arrival.outgoing);
}

function tryRequest({ pathname }: Place, arrival: Arrival): Request | undefined {
  if (isAmbiguousPath(pathname)) return undefined;
  try {
    return toRequest(arrival, pathname);
  } catch {
    return undefined;
  }
}
