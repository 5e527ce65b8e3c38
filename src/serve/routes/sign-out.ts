import { languageFor } from "../../admin/page/language.ts";
import type { Hono } from "../../vendor/hono.ts";
import { notice, refusal, seeOther } from "../answers.ts";
import type { AppParts, Environment } from "../app-parts.ts";
import { onForm } from "../form.ts";
import { signOutPage } from "../pages/sign-out-page.ts";

export function addSignOut(app: Hono<Environment>, at: string, parts: AppParts): void {
  const { site, authentication } = parts;
  const base = site.basePath;

  app.get(`${at}/sign-out`, async ({ req: { raw: request } }) => {
    const user = await authentication.signedIn(request.headers);
    return user ? signOutPage(site, languageFor(request), user.email) : seeOther(`${base}/sign-in`);
  });

  app.post(
    `${at}/sign-out`,
    onForm(parts, async ({ visitor, request }) => {
      const outcome = await authentication.signOut(visitor);
      if (outcome.kind === "done") return seeOther(`${base}/sign-in?notice=signed-out`, outcome.cookies);
      return refusal(outcome, "failed", (what, status) => notice(site, request, what, status));
    }),
  );
}
