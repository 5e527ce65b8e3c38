import type { MiddlewareHandler } from "../../vendor/hono.ts";
import { HttpProblem } from "../problems/http-problem.ts";
import type { Settings } from "../settings.ts";

const safeMethods: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** Takes changes only from the panel's own pages: a browser sends a user's cookies along for any page. */
export function sameOrigin({ publicOrigin }: Settings): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    if (!safeMethods.includes(method) && !isSameOrigin(context.req.raw, publicOrigin)) {
      throw new HttpProblem(
        403,
        "CROSS_SITE_REQUEST",
        'changes are taken from this origin only; behind a proxy that changes the host, set "publicOrigin", ' +
          "and a program that is not a browser has to send the header Origin",
      );
    }
    await next();
  };
}

/** Whether a page of `publicOrigin`, or of the origin that was asked, has sent a request. */
export function isSameOrigin({ headers, url }: Request, publicOrigin: string | undefined): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  if (publicOrigin !== undefined) return origin === publicOrigin;
  // By the host, for something in front may have taken TLS off.
  return origin === new URL(url).origin || new URL(origin).host === headers.get("host");
}
