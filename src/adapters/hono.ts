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
  readonly req: { readonly raw: Request; readonly path: string; arrayBuffer(): Promise<ArrayBuffer> };
  newResponse(body: ReadableStream<Uint8Array> | null, init: Response): Response;
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
  // Headers that middlewares in front have set go along.
  const withHeaders = ({ newResponse }: HostContext, response: Response): Response =>
    newResponse(response.body, response);
  return async (context, next) => {
    const { req, env } = context;
    const incoming = incomingOf(env);
    // Not by URL, which resolves dot segments: Hono's own routes go by the path as it arrived.
    const path = pathOf(req.raw.url);
    // Where `path` says what arrives here, `app.mount` may have taken the rest away.
    const original = options?.path === undefined ? (incoming?.url ?? path) : path;
    const current = isSamePath(req.path, path) ? path : req.path;
    const place = await mount.find({ original, current, isOwn: false });
    if (place === undefined) {
      await next();
      return undefined;
    }
    if (isAmbiguousPath(place.pathname)) return withHeaders(context, new Response(null, { status: 400 }));
    const url = new URL(req.raw.url);
    url.pathname = place.pathname;
    // Hono keeps what a middleware in front has read.
    const body = req.raw.bodyUsed ? await req.arrayBuffer() : undefined;
    const within = incoming && endWithServer(incoming);
    const response = await ask(place.admin, relocate(req.raw, url, body), context);
    return withHeaders(context, within ? within(response) : response);
  };
}

/**
 * Whether a path that Hono's routes see is the one that is written: they get it decoded, and without a closing
 * slash if the application is not `strict`. The application's own `getPath` may make anything of it.
 */
function isSamePath(seen: string, written: string): boolean {
  const [path, full] = [decoded(seen), decoded(written)];
  return path === full || `${path}/` === full;
}

const decoded = (path: string): string =>
  path.replace(/(%[0-9a-f]{2})+/gi, (octets) => {
    try {
      return decodeURI(octets);
    } catch {
      return octets;
    }
  });

/** What `@hono/node-server` puts there. */
function incomingOf(env: unknown): IncomingMessage | undefined {
  if (typeof env !== "object" || env === null || !("incoming" in env)) return undefined;
  const { incoming } = env;
  return typeof incoming === "object" && incoming !== null && "socket" in incoming
    ? (incoming as IncomingMessage)
    : undefined;
}
