import type { ServerResponse } from "node:http";
import type { Admin } from "../admin/admin.ts";
import { warn } from "../runtime/events.ts";
import { type MiddlewareRequest, toMiddleware } from "./middleware.ts";
import type { MountOptions } from "./mount.ts";

export type { MiddlewareRequest } from "./middleware.ts";
export type { MountOptions } from "./mount.ts";

/**
 * The panel as a listener of Node's own server. Requests for other paths go to `next` where it is given, else
 * they get 404.
 *
 * @example
 * createServer(toNode(createAdmin(plugbay, { basePath: "/admin/plugins", authorize }))).listen(3000);
 */
export function toNode(
  admin: Admin,
  options?: MountOptions,
): (request: MiddlewareRequest, response: ServerResponse, next?: (error?: unknown) => void) => void {
  const middleware = toMiddleware(admin, options);
  return (request, response, next = (error) => finish(response, error)) =>
    middleware(request, response, next);
}

/** Nobody else is there to answer. */
function finish(response: ServerResponse, error: unknown): void {
  if (error !== undefined) warn("a request for the panel failed", error);
  response.writeHead(error === undefined ? 404 : 500).end();
}
