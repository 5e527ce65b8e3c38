import type { AdminSource } from "./admin-source.ts";
import {
  asExpressTells,
  type Middleware,
  type MiddlewareRequest,
  type TargetOf,
  toMiddleware,
} from "./middleware.ts";
import type { MountOptions } from "./mount.ts";

export type { Middleware, MiddlewareRequest } from "./middleware.ts";
export type { MountOptions } from "./mount.ts";
export {
  type PlugbayHealth,
  PlugbayHealthIndicator,
  type PlugbayHealthOptions,
} from "./nest/health-indicator.ts";
export { type InjectDecorator, InjectPlugbay, InjectPlugin } from "./nest/inject.ts";
export type {
  OpenPlugbay,
  PlugbayModuleAsyncOptions,
  PlugbayModuleOptions,
  PlugbayModuleScope,
  PlugbayOptions,
  PlugbayOptionsFactory,
} from "./nest/module-options.ts";
export { type PlugbayDynamicModule, PlugbayModule } from "./nest/plugbay-module.ts";
export { getPlugbayToken, getPluginToken } from "./nest/tokens.ts";

/**
 * The panel as a middleware of NestJS 11 or 12, for `@nestjs/platform-express` and `@nestjs/platform-fastify`
 * alike: both hand middlewares the requests of Node. Use it before `app.init()` and `app.listen()`, else
 * Nest's own 404 stands in front of it. Guards do not run: the admin's `authorize` decides. It gets
 * Express's `Request`, and on Fastify the `IncomingMessage` of Node.
 *
 * @example
 * const app = await NestFactory.create(AppModule);
 * app.use(toNest(createAdmin(plugbay, { basePath: "/admin/plugins", authorize })));
 * await app.listen(3000);
 */
export function toNest<HostRequest extends MiddlewareRequest>(
  admin: AdminSource<HostRequest>,
  options?: MountOptions,
): Middleware<HostRequest> {
  return toMiddleware(admin, options, targetOf);
}

/**
 * Fastify does not tell where a middleware is mounted, but makes the URL anew for each one: none sees what
 * another has made of it.
 */
const targetOf: TargetOf = (request) => {
  const { url = "", originalUrl = url, baseUrl } = request;
  return baseUrl === undefined ? { original: originalUrl, current: originalUrl } : asExpressTells(request);
};
