import type { IncomingMessage } from "node:http";
import { eventStreamOf } from "./event-stream.ts";

/** How soon the end of a server is noticed. Node tells nobody when `server.close()` is called. */
const lookMs = 200;

interface Server {
  readonly listening: boolean;
}

/** Servers that have listened: of others, such as one in a test, `listening` says nothing. */
const started = new WeakSet<Server>();
const openStreams = new Map<Server, Set<() => void>>();
let timer: NodeJS.Timeout | undefined;

/**
 * Lets no answer hold up the end of the server that a request came by. An event stream ends when the server
 * begins to close, and no connection stays open for another request. Returns what the answer is put through.
 */
export function endWithServer(incoming: IncomingMessage): (response: Response) => Response {
  const server = serverOf(incoming);
  if (server === undefined) return (response) => response;
  if (server.listening) started.add(server);
  return (response) => answerWithin(server, incoming, response);
}

function answerWithin(server: Server, incoming: IncomingMessage, response: Response): Response {
  const stream = eventStreamOf(response);
  const answer = stream?.response ?? response;
  if ((stream || isClosing(server)) && incoming.httpVersionMajor < 2) {
    answer.headers.set("connection", "close");
  }
  if (stream) {
    const forget = watch(server, () => {
      stream.end();
      closeSession(incoming);
    });
    void stream.ended.then(forget);
  }
  return answer;
}

const isClosing = (server: Server): boolean => started.has(server) && !server.listening;

/** Calls `end` when the server begins to close. */
function watch(server: Server, end: () => void): () => void {
  const ends = openStreams.get(server) ?? new Set();
  openStreams.set(server, ends.add(end));
  timer ??= setInterval(look, lookMs).unref();
  return () => {
    ends.delete(end);
    if (ends.size === 0) openStreams.delete(server);
    if (openStreams.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function look(): void {
  for (const [server, ends] of openStreams) {
    if (isClosing(server)) for (const end of ends) end();
  }
}

/** Node keeps it at the socket, which its types do not say. */
function serverOf({ socket }: IncomingMessage): Server | undefined {
  const { server } = socket as typeof socket & { readonly server?: Server | null };
  return typeof server?.listening === "boolean" ? server : undefined;
}

/** HTTP/2 keeps its connections without end; this one takes no more requests. */
function closeSession(incoming: IncomingMessage): void {
  if ("stream" in incoming) (incoming.stream as import("node:http2").ServerHttp2Stream).session?.close();
}
