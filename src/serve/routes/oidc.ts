import { languageFor } from "../../admin/page/language.ts";
import type { Hono } from "../../vendor/hono.ts";
import { refusal, seeOther } from "../answers.ts";
import type { AppParts, Environment } from "../app-parts.ts";
import { nextPath } from "../next-path.ts";
import { signInPage } from "../pages/sign-in-page.ts";
import type { Outcome } from "../sign-in/authentication.ts";
import { toSignIn } from "./sign-in.ts";

export function addOidc(app: Hono<Environment>, at: string, { site, authentication, oidc }: AppParts): void {
  const base = site.basePath;

  const answer = (request: Request, next: string, outcome: Outcome): Response | Promise<Response> => {
    if (outcome.kind === "done") return seeOther(outcome.url ?? next, outcome.cookies);
    return refusal(outcome, "provider-failed", (notice, status) =>
      signInPage(site, languageFor(request), { next, oidc, notice }, status),
    );
  };

  // A link and not a form: the policy of the page would have to name the provider to let a form go there.
  app.get(`${at}/sign-in/oidc`, async ({ req: { raw: request }, env: { address } }) => {
    const { searchParams } = new URL(request.url);
    const next = nextPath(base, searchParams.get("next"));
    if (isFromElsewhere(request)) return toSignIn(base, next);
    const visitor = { headers: request.headers, address };
    const provider = searchParams.get("provider") ?? "";
    return answer(request, next, await authentication.beginSignIn(visitor, provider, next));
  });

  app.get(`${at}/auth/callback/:provider`, async ({ req, env: { address } }) => {
    const visitor = { headers: req.raw.headers, address };
    const { search } = new URL(req.url);
    const outcome = await authentication.finishSignIn(visitor, req.param("provider"), search);
    return answer(req.raw, `${base}/`, outcome);
  });
}

/** Whether another site made the browser send a request, such as by a link or a picture. */
function isFromElsewhere({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}
