import type { Admin } from "../admin/admin.ts";
import { ask } from "./ask.ts";
import { type Arrival, toRequest } from "./node-request.ts";
import { writeResponse } from "./node-response.ts";

/**
 * Has the admin answer a request that arrived at a host on Node, and writes the answer. Rejects when the admin
 * does, and then nothing is written: the host's handler of errors has the word.
 *
 * @param takeOver is called right before the answer is written: from then on the host must not write one.
 */
export async function answer(admin: Admin, arrival: Arrival, takeOver?: () => void): Promise<void> {
  const request = tryRequest(arrival);
  const response = request ? await ask(admin, request) : new Response(null, { status: 400 });
  takeOver?.();
  await writeResponse(response, arrival.outgoing);
}

function tryRequest(arrival: Arrival): Request | undefined {
  try {
    return toRequest(arrival);
  } catch {
    return undefined;
  }
}
