import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { warn } from "../warn.ts";
import type { AdminSource } from "./admin-source.ts";
import { type MiddlewareRequest, toListener } from "./middleware.ts";
import type { MountOptions } from "./mount.ts";

export type { MiddlewareRequest } from "./middleware.ts";
export type { MountOptions } from "./mount.ts";

/** A listener of Node's servers: of `http` and `https`, and of `http2`, whose requests lack a few properties. */
export type NodeListener = (
  request: MiddlewareRequest | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/**
 * The panel as a listener of Node's own server. Requests for other paths go to `next` where it is given, else
 * they get 404.
 *
 * @example
 * createServer(toNode(createAdmin(plugbay, { basePath: "/admin/plugins", authorize }))).listen(3000);
 */
export function toNode(admin: AdminSource<IncomingMessage>, options?: MountOptions): NodeListener {
  const listener = toListener(admin, options);
  return (request, response, next) => {
    // The panel needs nothing that HTTP/2 lacks.
    const [asked, answered] = [request as MiddlewareRequest, response as ServerResponse];
    listener(asked, answered, next ?? ((error) => finish(answered, error)), next === undefined);
  };
}

/** Nobody else is there to answer. */
function finish(response: ServerResponse, error: unknown): void {
  if (error !== undefined) warn("a request for the panel failed", error);
  response.writeHead(error === undefined ? 404 : 500).end();
}
