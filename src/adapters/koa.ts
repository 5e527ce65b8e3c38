import type { IncomingMessage, ServerResponse } from "node:http";
import type { AdminSource } from "./admin-source.ts";
import { answer } from "./answer.ts";
import { type MountOptions, mountOf, type Target } from "./mount.ts";
import type { Parsed } from "./parsed-body.ts";

export type { MountOptions } from "./mount.ts";

/** What the panel needs of Koa's context. */
export interface KoaContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly request: Parsed & { readonly method: string };
  readonly originalUrl: string;
  readonly url: string;
  /** Where the panel is mounted by koa-mount. */
  readonly mountPath?: string;
  respond?: boolean | undefined;
}

/**
 * The panel as a middleware of Koa 3. Requests outside of the admin's `basePath` go to the next one. What the
 * admin throws passes through the middlewares in front, to the application's `error` event. `authorize` gets
 * Koa's `Context`.
 *
 * @example
 * app.use(toKoa(createAdmin(plugbay, { basePath: "/admin/plugins", authorize })));
 */
export function toKoa<HostContext extends KoaContext>(
  admin: AdminSource<HostContext>,
  options?: MountOptions,
): (context: HostContext, next: () => Promise<unknown>) => Promise<void> {
  const mount = mountOf(admin, options);
  return async (context, next) => {
    const place = await mount.find({ ...targetOf(context), isOwn: false });
    if (place === undefined) {
      await next();
      return;
    }
    const { req: incoming, res: outgoing, request: parsed } = context;
    await answer(place, { host: context, incoming, outgoing, parsed }, () => {
      context.respond = false;
    });
  };
}

/** koa-mount gives the path back where a request has passed it, and leaves `mountPath` behind. */
function targetOf({ originalUrl, url, mountPath = "" }: KoaContext): Omit<Target, "isOwn"> {
  return { original: originalUrl, mountedAt: url === originalUrl ? "" : mountPath, current: url };
}
