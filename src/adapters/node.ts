import type { ServerResponse } from "node:http";
import { warn } from "../runtime/events.ts";
import type { AdminSource } from "./admin-source.ts";
import { type MiddlewareRequest, toListener } from "./middleware.ts";
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
  admin: AdminSource,
  options?: MountOptions,
): (request: MiddlewareRequest, response: ServerResponse, next?: (error?: unknown) => void) => void {
  const listener = toListener(admin, options);
  return (request, response, next) =>
    listener(request, response, next ?? ((error) => finish(response, error)), next === undefined);
}

/** Nobody else is there to answer. */
function finish(response: ServerResponse, error: unknown): void {
  if (error !== undefined) warn("a request for the panel failed", error);
  response.writeHead(error === undefined ? 404 : 500).end();
}
