import type { IncomingMessage } from "node:http";
import { isAmbiguousPath } from "../admin/ambiguous-path.ts";
import { pathOf } from "../admin/mount-path.ts";
import type { AdminSource } from "./admin-source.ts";
import { ask } from "./ask.ts";
import { endWithServer } from "./closing-server.ts";
import { type MountOptions, mountOf } from "./mount.ts";
import { relocate } from "./relocate.ts";

export type { MountOptions } from "./mount.ts";

/** What the panel needs of Hono's context. */
export interface HonoContext {
  /** On Node, its request is in here. */
  readonly env: unknown;
  readonly req: { readonly raw: Request; arrayBuffer(): Promise<ArrayBuffer> };
}

/**
 * The panel as a middleware of Hono. Requests outside of the admin's `basePath` go to the next one. What the
 * admin throws goes to `app.onError`. `authorize` gets Hono's `Context`.
 *
 * @example
 * app.use(toHono(createAdmin(plugbay, { basePath: "/admin/plugins", authorize })));
 */
export function toHono<HostContext extends HonoContext>(
  admin: AdminSource<HostContext>,
  options?: MountOptions,
): (context: HostContext, next: () => Promise<void>) => Promise<Response | undefined> {
  const mount = mountOf(admin, options);
  return async (context, next) => {
    const { req, env } = context;
    // Not by URL, which resolves dot segments: Hono's own routes go by the path as it arrived.
    const path = pathOf(req.raw.url);
    const place = await mount.find({ original: path, current: path, isOwn: false });
    if (place === undefined) {
      await next();
      return undefined;
    }
    if (isAmbiguousPath(place.pathname)) return new Response(null, { status: 400 });
    const url = new URL(req.raw.url);
    url.pathname = place.pathname;
    // Hono keeps what a middleware in front has read.
    const body = req.raw.bodyUsed ? await req.arrayBuffer() : undefined;
    const incoming = incomingOf(env);
    const within = incoming && endWithServer(incoming);
    const response = await ask(place.admin, relocate(req.raw, url, body), context);
    return within ? within(response) : response;
  };
}

/** What `@hono/node-server` puts there. */
function incomingOf(env: unknown): IncomingMessage | undefined {
  if (typeof env !== "object" || env === null || !("incoming" in env)) return undefined;
  const { incoming } = env;
  return typeof incoming === "object" && incoming !== null && "socket" in incoming
    ? (incoming as IncomingMessage)
    : undefined;
}
