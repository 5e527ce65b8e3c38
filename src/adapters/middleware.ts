import type { IncomingMessage, ServerResponse } from "node:http";
import type { AdminSource } from "./admin-source.ts";
import { answer } from "./answer.ts";
import { type MountOptions, mountOf } from "./mount.ts";
import type { Parsed } from "./parsed-body.ts";

/** Node's request, with what Express and its like add to it. */
export interface MiddlewareRequest extends IncomingMessage, Parsed {
  /** The target as it arrived, where `url` has lost the path of the middleware. */
  readonly originalUrl?: string;
  /** The path that the middleware is mounted at, where the framework tells it. */
  readonly baseUrl?: string;
}

/** A handler in the manner of Connect, which Express and NestJS share. */
export type Middleware = (
  request: MiddlewareRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export function toMiddleware(source: AdminSource, options?: MountOptions): Middleware {
  const listener = toListener(source, options);
  return (request, response, next) => listener(request, response, next, !!request.baseUrl);
}

/** A middleware that is also told whether nobody but the panel answers a request. */
export function toListener(
  source: AdminSource,
  options?: MountOptions,
): (...of: [...Parameters<Middleware>, isOwn: boolean]) => void {
  const mount = mountOf(source, options);
  return (request, response, next, isOwn) => {
    const { url = "", originalUrl = url } = request;
    const finding = mount.find({ original: originalUrl, current: url, isOwn });
    if (finding === undefined) {
      next();
      return;
    }
    const arrival = { incoming: request, outgoing: response, parsed: request };
    finding.then((place) => (place === undefined ? next() : answer(place, arrival).catch(next)), next);
  };
}
