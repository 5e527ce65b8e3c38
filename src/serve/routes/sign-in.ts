import { languageFor } from "../../admin/page/language.ts";
import type { Hono } from "../../vendor/hono.ts";
import { refusal, seeOther } from "../answers.ts";
import type { AppParts, Environment } from "../app-parts.ts";
import { onForm } from "../form.ts";
import { nextPath } from "../next-path.ts";
import type { Notice } from "../pages/messages.ts";
import { signInPage } from "../pages/sign-in-page.ts";

export function addSignIn(app: Hono<Environment>, at: string, parts: AppParts): void {
  const { site, authentication, oidc } = parts;
  const base = site.basePath;

  app.get(`${at}/sign-in`, async ({ req: { raw: request } }) => {
    const { searchParams } = new URL(request.url);
    const next = nextPath(base, searchParams.get("next"));
    const notice = noticeOf(searchParams);
    if (notice === undefined && (await authentication.signedIn(request.headers))) return seeOther(next);
    return signInPage(site, languageFor(request), { next, oidc, notice });
  });

  app.post(
    `${at}/sign-in`,
    onForm(parts, async ({ fields, visitor, request }) => {
      const next = nextPath(base, fields.get("next"));
      const email = fields.get("email")?.trim() ?? "";
      const outcome = await authentication.signIn(visitor, email, fields.get("password") ?? "");
      if (outcome.kind === "done") return seeOther(next, outcome.cookies);
      return refusal(outcome, "wrong-credentials", (notice, status) =>
        signInPage(site, languageFor(request), { next, oidc, email, notice }, status),
      );
    }),
  );
}

/** To the sign-in, and afterwards to `next`. */
export const toSignIn = (base: string, next: string): Response =>
  seeOther(
    next === `${base}/` ? `${base}/sign-in` : `${base}/sign-in?${new URLSearchParams({ next }).toString()}`,
  );

/** Codes of better-auth that mean: somebody who is not a user yet. */
const strangers = ["signup_disabled", "account_not_linked", "email_not_verified", "email_not_found"];

/** What an address asks to be said: by these pages, or by better-auth after a provider was asked. */
function noticeOf(parameters: URLSearchParams): Notice | undefined {
  if (parameters.get("notice") === "signed-out") return "signed-out";
  const error = parameters.get("error")?.toLowerCase();
  if (error === undefined) return undefined;
  return strangers.includes(error) ? "not-a-user" : "provider-failed";
}
