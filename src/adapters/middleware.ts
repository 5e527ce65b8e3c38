import type { IncomingMessage, ServerResponse } from "node:http";
import type { Admin } from "../admin/admin.ts";
import { answer } from "./answer.ts";
import { type MountOptions, mountOf } from "./mount.ts";
import type { Parsed } from "./parsed-body.ts";

/** Node's request, with what Express and its like add to it. */
export interface MiddlewareRequest extends IncomingMessage, Parsed {
  /** The target as it arrived, where `url` has lost the path of the middleware. */
  readonly originalUrl?: string;
}

/** A handler in the manner of Connect, which Express and NestJS share. */
export type Middleware = (
  request: MiddlewareRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export function toMiddleware(admin: Admin, options?: MountOptions): Middleware {
  const mount = mountOf(admin, options);
  return (request, response, next) => {
    const pathname = mount.publicPath(request.originalUrl ?? request.url ?? "");
    if (pathname === undefined) next();
    else answer(admin, { incoming: request, outgoing: response, pathname, parsed: request }).catch(next);
  };
}
