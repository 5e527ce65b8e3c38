import type { IncomingMessage } from "node:http";
import { types } from "node:util";
import type { Body } from "./relocate.ts";

/** Where body parsers leave what they have read. */
export interface Parsed {
  /** What a body parser made of the body. */
  readonly body?: unknown;
  /** The body as it was sent, where the parser keeps it. */
  readonly rawBody?: unknown;
}

/** A body that a parser of the host has read, either as it was sent or written again from what it made of it. */
export interface ParsedBody {
  readonly body: Body;
  readonly isRewritten: boolean;
}

/** What a body parser of the host has read; undefined: nothing, the body is still to be read. */
export function parsedBody(incoming: IncomingMessage, { body, rawBody }: Parsed): ParsedBody | undefined {
  if (isSendable(rawBody)) return { body: rawBody, isRewritten: false };
  // A body that nobody has read says nothing: Express 4 puts {} there for whatever it leaves alone.
  if (!incoming.readableDidRead || body === undefined) return undefined;
  return isSendable(body) ? { body, isRewritten: false } : { body: JSON.stringify(body), isRewritten: true };
}

const isSendable = (body: unknown): body is string | Uint8Array =>
  typeof body === "string" || types.isUint8Array(body);
