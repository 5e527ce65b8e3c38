import { isAmbiguousPath } from "../admin/ambiguous-path.ts";
import { pathOf } from "../admin/mount-path.ts";
import type { AdminSource } from "./admin-source.ts";
import { ask } from "./ask.ts";
import { type MountOptions, mountOf } from "./mount.ts";
import { relocate } from "./relocate.ts";

export type { MountOptions } from "./mount.ts";

/** What the panel needs of Hono's context. */
export interface HonoContext {
  readonly req: { readonly raw: Request; arrayBuffer(): Promise<ArrayBuffer> };
}

/**
 * The panel as a middleware of Hono. Requests outside of the admin's `basePath` go to the next one. What the
 * admin throws goes to `app.onError`.
 *
 * @example
 * app.use(toHono(createAdmin(plugbay, { basePath: "/admin/plugins", authorize })));
 */
export function toHono(
  admin: AdminSource,
  options?: MountOptions,
): (context: HonoContext, next: () => Promise<void>) => Promise<Response | undefined> {
  const mount = mountOf(admin, options);
  return async ({ req }, next) => {
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
    return ask(place.admin, relocate(req.raw, url, req.raw.bodyUsed ? await req.arrayBuffer() : undefined));
  };
}
