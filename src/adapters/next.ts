import type { AdminSource } from "./admin-source.ts";
import { ask } from "./ask.ts";
import { endAtShutdown } from "./end-at-shutdown.ts";
import type { methods } from "./methods.ts";
import { type MountOptions, mountOf, type Place } from "./mount.ts";
import { relocate } from "./relocate.ts";

export { type KeepOpenOptions, keepOpen } from "./keep-open.ts";
export type { MountOptions } from "./mount.ts";

type Handler<HostRequest> = (request: HostRequest) => Promise<Response>;

/**
 * The panel as the handlers of a catch-all route of Next.js. Where `next.config` has a `basePath`, the admin's
 * begins with it, and `path` is what is left, which is all that Next shows to a route.
 *
 * @example
 * // app/admin/plugins/[[...path]]/route.ts
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE } = toNext(async () =>
 *   createAdmin(await plugbay(), { basePath: "/admin/plugins", authorize }),
 * );
 */
export function toNext<HostRequest extends Request>(
  admin: AdminSource<HostRequest>,
  options?: MountOptions,
): Record<(typeof methods)[number], Handler<HostRequest>> {
  let mount = mountOf(admin, options);
  const find = async (pathname: string): Promise<Place<HostRequest> | undefined> => {
    const target = { original: pathname, current: pathname, isOwn: true };
    const used = mount;
    const place = await used.find(target);
    if (!place?.admin.isClosed || typeof admin !== "function") return place;
    // Another bundle's evaluation of the application has opened another plugbay in place of this one's.
    if (mount === used) mount = mountOf(admin, options);
    return mount.find(target);
  };
  const handler: Handler<HostRequest> = async (request) => {
    const url = new URL(request.url);
    const place = await find(url.pathname);
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
    return endAtShutdown(await ask(place.admin, relocated, request));
  };
  return { GET: handler, HEAD: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler };
}
