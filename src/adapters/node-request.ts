import type { IncomingMessage, ServerResponse } from "node:http";
import { exactNumbers, numbersHeader, parsedNumbers } from "../admin/input/numbers-header.ts";
import { keepRequest } from "./keep-request.ts";
import { type Parsed, parsedBody } from "./parsed-body.ts";
import { forgetSentBody } from "./relocate.ts";

/** A request for the panel as it arrived at a host on Node. */
export interface Arrival<HostRequest> {
  /** The framework's own request. */
  readonly host: HostRequest;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** What the host's body parsers have left. */
  readonly parsed: Parsed;
}

/**
 * The request in Fetch's terms, whose signal aborts when the client goes before it is answered. Throws a
 * TypeError where Fetch has no terms for it: a malformed Host, a method such as TRACE.
 *
 * @param pathname The path that browsers see.
 */
export function toRequest({ incoming, outgoing, parsed }: Arrival<unknown>, pathname: string): Request {
  const { method = "GET" } = incoming;
  const headers = headersOf(incoming);
  const hasBody = method !== "GET" && method !== "HEAD";
  const read = hasBody ? parsedBody(incoming, parsed) : undefined;
  if (read !== undefined) forgetSentBody(headers);
  if (read?.isRewritten && headers.get(numbersHeader) !== exactNumbers)
    headers.set(numbersHeader, parsedNumbers);
  const abort = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) abort.abort();
  });
  const request = new Request(urlOf(incoming, pathname), {
    method,
    headers,
    body: hasBody ? (read?.body ?? unread(incoming)) : null,
    signal: abort.signal,
    duplex: "half",
  });
  return keepRequest(request, abort.signal);
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = "", value = ""] = rawHeaders.slice(at, at + 2);
    // HTTP/2 has the request line among the headers.
    if (!name.startsWith(":")) headers.append(name, value);
  }
  return headers;
}

function urlOf({ headers, socket, url = "" }: IncomingMessage, pathname: string): URL {
  const host = headers.host ?? headers[":authority"];
  if (typeof host !== "string" || /[/?#@\\]/.test(host)) throw new TypeError("the Host header is malformed");
  const found = new URL(`${"encrypted" in socket ? "https" : "http"}://${host}`);
  found.pathname = pathname;
  found.search = url.includes("?") ? url.slice(url.indexOf("?")) : "";
  return found;
}

/** The body, read no sooner and no further than it is asked for; who stops early still can be answered. */
const unread = (incoming: IncomingMessage): ReadableStream =>
  ReadableStream.from(incoming.iterator({ destroyOnReturn: false }));
