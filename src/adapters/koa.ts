import type { IncomingMessage, ServerResponse } from "node:http";
import type { AdminSource } from "./admin-source.ts";
import { answer } from "./answer.ts";
import { bodyStream } from "./body-stream.ts";
import { type MountOptions, mountOf, pathOf, type Target } from "./mount.ts";
import { isGone } from "./node-response.ts";
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
  readonly headerSent: boolean;
  status: number;
  body: unknown;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  onerror(error: Error): void;
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
    const response = await answer(place, { host: context, incoming, outgoing, parsed });
    respond(context, response);
  };
}

/** Leaves the answer to Koa, which sends it once the middlewares in front have come to their end. */
function respond(context: KoaContext, response: Response): void {
  const { headers, status } = response;
  const body = bodyStream(response, context.res);
  context.status = status;
  for (const [name, value] of headers) {
    if (name === "set-cookie") context.append(name, value);
    else context.set(name, value);
  }
  if (body !== undefined) {
    forgiveLeaving(context);
    context.body = body;
  } else if (context.req.method !== "HEAD") {
    // With nothing to send, Koa takes headers away, and the status for 204.
    context.body = null;
    context.status = status;
  }
}

/** A client that goes away is no error: an open page of the panel is closed at some time. */
function forgiveLeaving(context: KoaContext): void {
  const { onerror } = context;
  context.onerror = (error) => {
    if (!isGone(error) || !context.headerSent) onerror.call(context, error);
  };
}

/** koa-mount sets `mountPath` to the innermost path, and leaves it behind when it gives the path back. */
function targetOf({ originalUrl, url, mountPath = "" }: KoaContext): Omit<Target, "isOwn"> {
  const target = { original: originalUrl, current: url };
  const asked = pathOf(originalUrl);
  const left = pathOf(url);
  if (mountPath === "" || asked === left) return target;
  const tail = left === "/" && asked.endsWith(mountPath) ? mountPath : mountPath + left;
  if (!asked.endsWith(tail)) return target;
  return { ...target, mountedAt: asked.slice(0, -tail.length) + mountPath };
}
