import type { Admin } from "../admin/admin.ts";
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
  admin: Admin,
  options?: MountOptions,
): (context: HonoContext, next: () => Promise<void>) => Promise<Response | undefined> {
  const mount = mountOf(admin, options);
  return async ({ req }, next) => {
    const url = new URL(req.raw.url);
    const pathname = mount.publicPath(url.pathname);
    if (pathname === undefined) {
      await next();
      return undefined;
    }
    url.pathname = pathname;
    // Hono keeps what a middleware in front has read.
    return ask(admin, relocate(req.raw, url, req.raw.bodyUsed ? await req.arrayBuffer() : undefined));
  };
}
