import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { InvalidOptionError } from "../definition/errors.ts";
import type { AdminSource } from "./admin-source.ts";
import { answer } from "./answer.ts";
import { bodyStream } from "./body-stream.ts";
import { methods } from "./methods.ts";
import { type MountOptions, mountOf } from "./mount.ts";

export type { MountOptions } from "./mount.ts";

/** What the panel needs of a Fastify instance. */
export interface FastifyScope<HostRequest extends FastifyRequest> {
  readonly prefix: string;
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: unknown, done: (error: Error | null) => void) => void,
  ): unknown;
  route(options: { method: string[]; url: string; handler: FastifyHandler<HostRequest> }): unknown;
}

export interface FastifyReply {
  readonly raw: ServerResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: Readable | undefined): unknown;
  callNotFound(): unknown;
  hijack(): unknown;
}

/** What the panel needs of Fastify's request. */
export interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly url: string;
  /** The URL as it arrived, which `rewriteUrl` may have changed. */
  readonly originalUrl?: string;
  readonly rawBody?: unknown;
}

export type FastifyHandler<HostRequest extends FastifyRequest> = (
  request: HostRequest,
  reply: FastifyReply,
) => Promise<unknown>;

/**
 * The panel as a plugin of Fastify 5, in a scope of its own, without content type parsers. What the admin
 * throws goes to the error handler of the scope around it. `authorize` gets the `FastifyRequest`.
 *
 * @example
 * await app.register(toFastify(createAdmin(plugbay, { basePath: "/admin/plugins", authorize })));
 */
export function toFastify<HostRequest extends FastifyRequest>(
  admin: AdminSource<HostRequest>,
  options?: MountOptions,
): (scope: FastifyScope<HostRequest>) => Promise<void> {
  const mount = mountOf(admin, options);
  const handler: FastifyHandler<HostRequest> = async (request, reply) => {
    const { url: current, originalUrl: original = current } = request;
    const place = await mount.find({ original, current, isOwn: true });
    if (place === undefined) return reply.callNotFound();
    const { raw: incoming, rawBody } = request;
    const response = await answer(place, {
      host: request,
      incoming,
      outgoing: reply.raw,
      parsed: { rawBody },
    });
    reply.code(response.status);
    // Fastify keeps the cookies that hooks have set beside those of the panel.
    for (const [name, value] of response.headers) reply.header(name, value);
    // Hooks such as a session's have run by then. `handlerTimeout` must not end an event stream that is being sent.
    reply.raw.once("pipe", () => reply.hijack());
    return reply.send(bodyStream(response, reply.raw));
  };
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    for (const url of routes(await mount.path(), scope.prefix))
      scope.route({ method: [...methods], url, handler });
  };
}

/** The routes of the panel, relative to the prefix of the scope they are in. */
function routes(path: string, prefix: string): string[] {
  const scope = prefix.replace(/\/$/, "");
  if (path !== scope && !path.startsWith(`${scope}/`)) {
    throw new InvalidOptionError("path", path, `it is below ${prefix}, where the plugin is registered`);
  }
  // At the root the second is of the host, or falls to the first.
  const local = path.slice(scope.length);
  return path === "" ? ["/*"] : [`${local}/*`, local];
}
