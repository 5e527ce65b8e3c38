import { Html, html } from "../../admin/page/html.ts";
import type { Language } from "../../admin/page/language.ts";
import type { Site } from "../../admin/page/site.ts";
import type { OidcProvider } from "../../define-config.ts";
import { messagesIn, type Notice } from "./messages.ts";
import { page } from "./page.ts";

export interface SignInContent {
  /** Where to go afterwards. */
  readonly next: string;
  readonly oidc: readonly OidcProvider[];
  readonly email?: string;
  readonly notice?: Notice | undefined;
}

export function signInPage(
  site: Site,
  language: Language,
  content: SignInContent,
  status?: number,
): Response {
  const messages = messagesIn(language);
  const { next, oidc, email = "", notice } = content;
  const base = site.basePath;
  const body = html`<form method="post" action="${base}/sign-in">
<input type="hidden" name="next" value="${next}">
<label>${messages.email}
<input name="email" type="email" value="${email}" autocomplete="username" dir="ltr" required maxlength="254"${focused(email === "")}></label>
<label>${messages.password}
<input name="password" type="password" autocomplete="current-password" dir="ltr" required${focused(email !== "")}></label>
<button>${messages.signIn}</button>
</form>
${oidc.map(({ id, name }) => {
  const query = new URLSearchParams({ provider: id, next });
  return html`<a class="button" href="${base}/sign-in/oidc?${query.toString()}">${messages.signInWith(name)}</a>`;
})}`;
  return page(site, language, { title: messages.signIn, body, notice }, status);
}

/** Who has only mistyped the password goes on there. */
const focused = (isIt: boolean): Html => new Html(isIt ? " autofocus" : "");
