import type { Plugbay } from "../plugbay.ts";
import { Hono } from "../vendor/hono.ts";
import type { Admin, AdminOptions } from "./admin.ts";
import { addRoutes } from "./api-routes.ts";
import { authorized } from "./guards/authorized.ts";
import type { Environment } from "./guards/environment.ts";
import { sameOrigin } from "./guards/same-origin.ts";
import { answered } from "./guards/security-headers.ts";
import { handlers } from "./handlers/handlers.ts";
import { pathWithin } from "./mount-path.ts";
import { iconPath, serveIcon } from "./page/icon.ts";
import { serveAsset } from "./page/serve-asset.ts";
import { notice, shell } from "./page/shell.ts";
import type { Panel } from "./panel/asset.ts";
import { HttpProblem, notFound } from "./problems/http-problem.ts";
import { problemOf } from "./problems/problem-of.ts";
import { checkOptions, type Settings } from "./settings.ts";

/**
 * The admin panel of a plugbay: its pages, and the API behind them. Mount it by an adapter, such as
 * `toExpress` of `plugbay/express`. Without `authorize` it answers everybody with 401.
 *
 * @throws InvalidOptionError
 * @example
 * const admin = createAdmin(plugbay, {
 *   basePath: "/admin/plugins",
 *   authorize: (_request, { session }: express.Request) => {
 *     const { user } = session;
 *     return user ? { actor: user.name, access: user.isOperator ? "write" : "read" } : null;
 *   },
 * });
 * app.use("/admin/plugins", toExpress(admin));
 */
export function createAdmin<HostRequest = unknown>(
  plugbay: Plugbay,
  options: AdminOptions<HostRequest> = {},
): Admin<HostRequest> {
  // Whoever calls `fetch` of an Admin<HostRequest> has to hand in what `authorize` takes.
  return mount(plugbay, checkOptions(options as AdminOptions), loadPanel);
}

/** The built panel is large, and is loaded when somebody looks at it. */
const loadPanel = async (): Promise<Panel> => (await import("./panel/generated.ts")).panel;

/** `createAdmin` with another panel than the built one. */
export function mount(plugbay: Plugbay, settings: Settings, panel: () => Promise<Panel>): Admin {
  const app = appOf(plugbay, settings, panel);
  return {
    basePath: settings.basePath,
    get isClosed() {
      return plugbay.state.kind === "closed";
    },
    async fetch(request, host) {
      try {
        return answered(await app.fetch(request, { host }));
      } catch (error) {
        return answered(problemOf(error, plugbay));
      }
    },
  };
}

function appOf(plugbay: Plugbay, settings: Settings, panel: () => Promise<Panel>): Hono<Environment> {
  const app = new Hono<Environment>({ getPath: (request) => placeOf(settings, request) });
  app.get(iconPath, serveIcon);
  app.get("/assets/:name", async ({ req }) =>
    serveAsset(await panel(), req.param("name"), req.header("accept-encoding") ?? ""),
  );
  app.all("/assets/*", ({ req }) => {
    throw req.method === "GET" ? notFound() : onlyGet();
  });
  app.use(authorized(settings, plugbay.control));
  app.use("/api/*", sameOrigin(settings));
  addRoutes(app, Object.values(handlers), plugbay, settings);
  app.all("/api/*", () => {
    throw notFound();
  });
  app.get("*", async ({ req: { raw } }) => shell(settings, raw, await panel()));
  app.all("*", () => {
    throw onlyGet();
  });
  app.onError((error, { req }) => {
    const isForPerson = req.method === "GET" && !/^\/(api|assets)(\/|$)/.test(req.path);
    return isForPerson && error instanceof HttpProblem
      ? notice(settings, error.status, error.message)
      : problemOf(error, plugbay);
  });
  return app;
}

/** @throws HttpProblem for a path that is meant to confuse */
function placeOf({ basePath }: Settings, request: Request): string {
  const path = pathWithin(basePath, request);
  if (path === undefined) throw new HttpProblem(400, "INVALID_PATH", "the address is not one of this panel");
  return path;
}

const onlyGet = (): HttpProblem =>
  new HttpProblem(405, "METHOD_NOT_ALLOWED", "this address takes GET, HEAD", {
    headers: { allow: "GET, HEAD" },
  });
