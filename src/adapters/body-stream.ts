import type { ServerResponse } from "node:http";
import { finished, Readable } from "node:stream";
import { warn } from "../warn.ts";
import { isGone } from "./node-response.ts";

/**
 * The body of an answer, for a framework that sends it itself; undefined: the answer has none. The body ends with
 * the framework's answer, even if that has sent another body in its place.
 */
export function bodyStream({ body }: Response, outgoing: ServerResponse): Readable | undefined {
  if (body === null) return undefined;
  const stream = Readable.fromWeb(body);
  stream.once("error", (error) => {
    if (!isGone(error)) warn("an answer of the panel broke off", error);
    // A broken connection tells the client that the answer is incomplete.
    if (outgoing.headersSent) outgoing.destroy();
  });
  finished(outgoing, () => stream.destroy());
  // An event stream may be silent for long, and browsers wait for its head.
  outgoing.once("pipe", () => outgoing.flushHeaders());
  return stream;
}
