import { languageFor } from "../../admin/page/language.ts";
import type { Hono } from "../../vendor/hono.ts";
import { refusal, seeOther } from "../answers.ts";
import type { AppParts, Environment } from "../app-parts.ts";
import { onForm } from "../form.ts";
import type { Notice } from "../pages/messages.ts";
import { passwordPage } from "../pages/password-page.ts";
import { passwordLength } from "../sign-in/auth-options.ts";
import type { SignedIn } from "../sign-in/authentication.ts";
import { toSignIn } from "./sign-in.ts";

export function addPassword(app: Hono<Environment>, at: string, parts: AppParts): void {
  const { site, authentication } = parts;
  const base = site.basePath;

  const pageFor = async (request: Request, user: SignedIn, notice?: Notice, status?: number) => {
    const hasPassword = await authentication.hasPassword(user);
    const content = { email: user.email, hasPassword, notice };
    return passwordPage(site, languageFor(request), content, status);
  };

  app.get(`${at}/password`, async ({ req: { raw: request } }) => {
    const user = await authentication.signedIn(request.headers);
    if (user === null) return toSignIn(base, `${base}/password`);
    const isChanged = new URL(request.url).searchParams.get("notice") === "password-changed";
    return pageFor(request, user, isChanged ? "password-changed" : undefined);
  });

  app.post(
    `${at}/password`,
    onForm(parts, async ({ fields, visitor, request }) => {
      const user = await authentication.signedIn(visitor.headers);
      if (user === null) return toSignIn(base, `${base}/password`);
      const wanted = fields.get("new") ?? "";
      const problem = problemOf(wanted, fields.get("again") ?? "");
      if (problem !== undefined) return pageFor(request, user, problem, 400);
      const outcome = await authentication.changePassword(visitor, fields.get("current") ?? "", wanted);
      if (outcome.kind === "done")
        return seeOther(`${base}/password?notice=password-changed`, outcome.cookies);
      return refusal(outcome, "wrong-password", (notice, status) => pageFor(request, user, notice, status));
    }),
  );
}

function problemOf(wanted: string, again: string): Notice | undefined {
  if (wanted !== again) return "passwords-differ";
  const { min, max } = passwordLength;
  return wanted.length < min || wanted.length > max ? "password-length" : undefined;
}
