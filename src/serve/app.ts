import { randomUUID } from "node:crypto";
import { Hono } from "../vendor/hono.ts";
import { notice } from "./answers.ts";
import type { AppParts, Environment } from "./app-parts.ts";
import { nextPath } from "./next-path.ts";
import { addOidc } from "./routes/oidc.ts";
import { addPassword } from "./routes/password.ts";
import { addSignIn, toSignIn } from "./routes/sign-in.ts";
import { addSignOut } from "./routes/sign-out.ts";

export interface App {
  /** Answers a request of the client at `address`. Never rejects. */
  fetch(request: Request, address: string): Promise<Response>;
}

/** The panel, and the pages through which people come in and out. */
export function createApp(parts: AppParts): App {
  const { admin, site, authentication, log } = parts;
  const base = site.basePath;
  const app = new Hono<Environment>();

  // Something in front may have taken the path of the panel off.
  for (const at of new Set([base, ""])) {
    for (const add of [addSignIn, addOidc, addSignOut, addPassword]) add(app, at, parts);
    app.all(`${at}/auth/*`, ({ req }) => notice(site, req.raw, "not-found", 404));
  }

  app.all("*", async ({ req: { raw: request } }) => {
    if (isNavigation(request) && !(await authentication.signedIn(request.headers))) {
      const { pathname, search } = new URL(request.url);
      const path = pathname.startsWith(`${base}/`) ? pathname : base + pathname;
      return toSignIn(base, nextPath(base, path + search));
    }
    return admin.fetch(request);
  });

  app.onError((error, { req: { raw } }) => {
    const id = randomUUID();
    log({ level: "error", message: `${raw.method} ${new URL(raw.url).pathname} failed`, id, error });
    return notice(site, raw, "failed", 503, id);
  });

  return { fetch: async (request, address) => app.fetch(request, { address }) };
}

const isNavigation = ({ method, headers }: Request): boolean =>
  method === "GET" &&
  (headers.get("sec-fetch-mode") === "navigate" || (headers.get("accept") ?? "").includes("text/html"));
