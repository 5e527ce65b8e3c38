import { Buffer } from "node:buffer";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Admin } from "../../src/admin/admin.ts";

/** What the echo tells about a request. */
export interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** In base64. */
  readonly body: string;
}

/** What is told about the event streams of an admin. */
export interface Streams {
  readonly open: number;
  readonly aborted: number;
  readonly cancelled: number;
}

const script = { "content-type": "text/javascript", etag: '"1"' };

/** The script that is served compressed: bytes that are no text, however they are read. */
export const asset = gzipSync("console.log('panel')".repeat(100));

/**
 * The other side of the adapters' contract: an Admin that shows what reached it, and answers with all that an
 * answer can have. What it knows is asked for by HTTP, so that it may live in another process than the test.
 */
export function testAdmin(basePath: string): Admin {
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let aborted = 0;
  let cancelled = 0;

  const events = (request: Request): Response => {
    let stream: ReadableStreamDefaultController<Uint8Array>;
    request.signal.addEventListener("abort", () => {
      aborted += 1;
    });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = controller;
        streams.add(controller);
      },
      cancel: () => {
        cancelled += 1;
        streams.delete(stream);
      },
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" },
    });
  };

  const push = async (request: Request): Promise<Response> => {
    const data = new TextEncoder().encode(`data: ${await request.text()}\n\n`);
    for (const stream of streams) stream.enqueue(data);
    return Response.json(streams.size);
  };

  const page = (): Response => {
    const headers = new Headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'self'",
    });
    headers.append("set-cookie", "first=1; Path=/; HttpOnly");
    headers.append("set-cookie", "second=2; Expires=Thu, 01 Jan 2032 00:00:00 GMT");
    return new Response("<!doctype html><title>سلام</title>", { headers });
  };

  const echo = async (request: Request): Promise<Response> =>
    Response.json({
      method: request.method,
      url: request.url,
      headers: [...request.headers],
      body: Buffer.from(await request.arrayBuffer()).toString("base64"),
    } satisfies Echo);

  const broken = (): Response => {
    const pieces = [new TextEncoder().encode("half of it")];
    return new Response(
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          const piece = pieces.pop();
          if (piece) controller.enqueue(piece);
          else controller.error(new Error("the other half is lost"));
        },
      }),
    );
  };

  const routes: Record<string, (request: Request) => Response | Promise<Response>> = {
    "": page,
    "/": page,
    "/app.js": ({ headers }) =>
      headers.get("accept-encoding")?.includes("gzip")
        ? new Response(new Uint8Array(asset), { headers: { ...script, "content-encoding": "gzip" } })
        : new Response(gunzipSync(asset), { headers: script }),
    "/api/types": () => Response.json({ types: [] }),
    "/api/nothing": () => new Response(null, { status: 204 }),
    "/api/unread": () => Response.json({ title: "too large" }, { status: 413 }),
    "/api/fails": () => Promise.reject(new Error("the admin fails")),
    "/api/broken": broken,
    "/api/events": events,
    "/api/push": push,
    "/api/streams": () => Response.json({ open: streams.size, aborted, cancelled } satisfies Streams),
  };

  return {
    basePath,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const route = pathname.startsWith(basePath) ? pathname.slice(basePath.length) : "?";
      if (request.method === "TRACE") return new Response(null, { status: 405 });
      if (route.startsWith("/api/echo")) return echo(request);
      return routes[route]?.(request) ?? Response.json({ title: "no such page" }, { status: 404 });
    },
  };
}
