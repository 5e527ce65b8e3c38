import type { IncomingMessage } from "node:http";
import { types } from "node:util";
import type { Body } from "./relocate.ts";

/** Where body parsers leave what they have read. */
export interface Parsed {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** What a body parser of the host has read; undefined: nothing, the body is still to be read. */
export function parsedBody(incoming: IncomingMessage, { body, rawBody }: Parsed): Body | undefined {
  if (isSendable(rawBody)) return rawBody;
  // A body that nobody has read says nothing: Express 4 puts {} there for whatever it leaves alone.
  if (!incoming.readableDidRead || body === undefined) return undefined;
  return isSendable(body) ? body : JSON.stringify(body);
}

const isSendable = (body: unknown): body is string | Uint8Array =>
  typeof body === "string" || types.isUint8Array(body);
