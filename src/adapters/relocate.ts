import { keepRequest } from "./keep-request.ts";

/** A body that was read already. */
export type Body = string | Uint8Array | ArrayBuffer;

/** The request at another URL, with headers of its own; and with the body, where something in front has read the one that was sent. */
export function relocate(request: Request, url: URL, body?: Body): Request {
  const headers = new Headers(request.headers);
  if (body !== undefined) forgetSentBody(headers);
  const { method, signal } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  // Fetch wants `duplex` wherever a body may be a stream.
  const relocated = new Request(url, {
    method,
    headers,
    signal,
    duplex: "half",
    body: hasBody ? (body ?? ReadableStream.from(unread(request))) : null,
  });
  return keepRequest(relocated, signal);
}

/** Takes away what speaks of a body as it was sent, which is not how a parser leaves it. */
export function forgetSentBody(headers: Headers): void {
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
}

/** The body, not touched before it is asked for: some servers read on what was once begun. */
async function* unread(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body !== null) yield* request.body;
}
