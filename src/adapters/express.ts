import type { AdminSource } from "./admin-source.ts";
import { type Middleware, type MiddlewareRequest, toMiddleware } from "./middleware.ts";
import type { MountOptions } from "./mount.ts";

export type { Middleware, MiddlewareRequest } from "./middleware.ts";
export type { MountOptions } from "./mount.ts";

/**
 * The panel as a middleware of Express 4 or 5. It looks at the full path of a request, wherever it is
 * mounted; requests outside of the admin's `basePath` go to the next handler. What the admin throws goes to
 * the application's handler of errors. `authorize` gets Express's `Request`.
 *
 * @example
 * app.use("/admin/plugins", toExpress(createAdmin(plugbay, { basePath: "/admin/plugins", authorize })));
 */
export function toExpress<HostRequest extends MiddlewareRequest>(
  admin: AdminSource<HostRequest>,
  options?: MountOptions,
): Middleware<HostRequest> {
  return toMiddleware(admin, options);
}
