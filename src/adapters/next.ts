import type { AdminSource } from "./admin-source.ts";
import { ask } from "./ask.ts";
import type { methods } from "./methods.ts";
import { type MountOptions, mountOf } from "./mount.ts";
import { relocate } from "./relocate.ts";

export type { MountOptions } from "./mount.ts";

type Handler = (request: Request) => Promise<Response>;

/**
 * The panel as the handlers of a catch-all route of Next.js. Where `next.config` has a `basePath`, the admin's
 * begins with it, and `path` is what is left, which is all that Next shows to a route.
 *
 * @example
 * // app/admin/plugins/[[...path]]/route.ts
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE } = toNext(
 *   createAdmin(plugbay, { basePath: "/admin/plugins", authorize }),
 * );
 */
export function toNext(
  admin: AdminSource,
  options?: MountOptions,
): Record<(typeof methods)[number], Handler> {
  const mount = mountOf(admin, options);
  const handler: Handler = async (request) => {
    const url = new URL(request.url);
    const { pathname } = url;
    const place = await mount.find({ original: pathname, current: pathname, isOwn: true });
    if (place === undefined) return new Response(null, { status: 404 });
    url.pathname = place.pathname;
    // Next puts the name of the machine into the URL, whatever the client has called it by.
    const host = request.headers.get("host");
    if (host !== null) {
      url.port = "";
      url.host = host;
    }
    const relocated = relocate(request, url);
    // Next takes Content-Encoding off every answer, so that a compressed one is garbage, and compresses itself.
    relocated.headers.delete("accept-encoding");
    return ask(place.admin, relocated);
  };
  return { GET: handler, HEAD: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler };
}
