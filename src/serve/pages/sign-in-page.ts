import { html } from "../../admin/page/html.ts";
import type { Language } from "../../admin/page/language.ts";
import type { OidcProvider } from "../../define-config.ts";
import { messagesIn, type Notice } from "./messages.ts";
import { page } from "./page.ts";

export interface SignInContent {
  /** The path that the panel is mounted at. */
  readonly base: string;
  /** Where to go afterwards. */
  readonly next: string;
  readonly oidc: readonly OidcProvider[];
  readonly email?: string;
  readonly notice?: Notice | undefined;
}

export function signInPage(language: Language, content: SignInContent, status?: number): Response {
  const messages = messagesIn(language);
  const { base, next, oidc, email = "", notice } = content;
  const body = html`<form method="post" action="${base}/sign-in">
<input type="hidden" name="next" value="${next}">
<label>${messages.email}
<input name="email" type="email" value="${email}" autocomplete="username" dir="ltr" required maxlength="254"></label>
<label>${messages.password}
<input name="password" type="password" autocomplete="current-password" dir="ltr" required></label>
<button>${messages.signIn}</button>
</form>
${oidc.map(({ id, name }) => {
  const query = new URLSearchParams({ provider: id, next });
  return html`<a class="button" href="${base}/sign-in/oidc?${query.toString()}">${messages.signInWith(name)}</a>`;
})}`;
  return page(language, { title: messages.signIn, body, notice }, status);
}
