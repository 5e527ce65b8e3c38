import type { IncomingMessage, ServerResponse } from "node:http";
import type { AdminSource } from "./admin-source.ts";
import { answer } from "./answer.ts";
import { type MountOptions, mountOf, type Place, type Target } from "./mount.ts";
import { writeResponse } from "./node-response.ts";
import type { Parsed } from "./parsed-body.ts";

/** Node's request, with what Express and its like add to it. */
export interface MiddlewareRequest extends IncomingMessage, Parsed {
  /** The target as it arrived, where `url` has lost the path of the middleware. */
  readonly originalUrl?: string;
  /** The path that the middleware is mounted at, where the framework tells it. */
  readonly baseUrl?: string;
}

/** A handler in the manner of Connect, which Express and NestJS share. */
export type Middleware<HostRequest extends MiddlewareRequest = MiddlewareRequest> = (
  request: HostRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Where a request went to, as the host tells it. */
export type TargetOf = (request: MiddlewareRequest) => Omit<Target, "isOwn">;

/** As Express tells it, and Node's own server, which mounts nothing. */
export const asExpressTells: TargetOf = ({ url = "", originalUrl = url, baseUrl = "" }) => ({
  original: originalUrl,
  mountedAt: baseUrl,
  current: url,
});

export function toMiddleware<HostRequest extends MiddlewareRequest>(
  source: AdminSource<HostRequest>,
  options?: MountOptions,
  targetOf?: TargetOf,
): Middleware<HostRequest> {
  const listener = toListener(source, options, targetOf);
  return (request, response, next) => listener(request, response, next, !!request.baseUrl);
}

/** A middleware that is also told whether nobody but the panel answers a request. */
export function toListener<HostRequest extends MiddlewareRequest>(
  source: AdminSource<HostRequest>,
  options?: MountOptions,
  targetOf = asExpressTells,
): (...of: [...Parameters<Middleware<HostRequest>>, isOwn: boolean]) => void {
  const mount = mountOf(source, options);
  return (request, response, next, isOwn) => {
    const finding = mount.find({ ...targetOf(request), isOwn });
    if (finding === undefined) {
      next();
      return;
    }
    const respond = async (place: Place<HostRequest>): Promise<void> => {
      const arrival = { host: request, incoming: request, outgoing: response, parsed: request };
      await writeResponse(await answer(place, arrival), response);
    };
    finding.then((place) => (place === undefined ? next() : respond(place).catch(next)), next);
  };
}
