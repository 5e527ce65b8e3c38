import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { codeOf } from "../thrown.ts";
import { warn } from "../warn.ts";

/** Writes an answer, piece by piece as they come. Resolves when all is written, or the client is gone. */
export async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, headersOf(response, outgoing));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  // An event stream may be silent for long, and browsers wait for its head.
  outgoing.flushHeaders();
  try {
    await pipeline(Readable.fromWeb(response.body), outgoing);
  } catch (error) {
    // The client sees the connection break, and knows that the answer is incomplete.
    if (!isGone(error)) warn("an answer of the panel broke off", error);
  }
}

/** With the cookies that the host has set. */
function headersOf({ headers }: Response, outgoing: ServerResponse): OutgoingHttpHeaders {
  const cookies = [outgoing.getHeader("set-cookie") ?? []].flat().map(String).concat(headers.getSetCookie());
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { "set-cookie": cookies }) };
}

/** Whether a body broke off because the client has gone. */
export const isGone = (error: unknown): boolean => codeOf(error) === "ERR_STREAM_PREMATURE_CLOSE";
