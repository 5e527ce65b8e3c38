import { type Html, html } from "../../admin/page/html.ts";
import type { Language } from "../../admin/page/language.ts";
import type { Site } from "../../admin/page/site.ts";
import { passwordLength } from "../sign-in/auth-options.ts";
import { messagesIn, type Notice } from "./messages.ts";
import { page } from "./page.ts";

export interface PasswordContent {
  readonly email: string;
  readonly hasPassword: boolean;
  readonly notice?: Notice | undefined;
}

export function passwordPage(
  site: Site,
  language: Language,
  content: PasswordContent,
  status?: number,
): Response {
  const messages = messagesIn(language);
  const { hasPassword, notice } = content;
  const base = site.basePath;
  const form = hasPassword ? passwordForm(base, language, content) : html`<p>${messages.noPassword}</p>`;
  const body = html`${form}
<nav><a href="${base}/">${messages.toPanel}</a> <a href="${base}/sign-out">${messages.signOut}</a></nav>`;
  return page(site, language, { title: messages.changePassword, body, notice }, status);
}

function passwordForm(base: string, language: Language, { email }: PasswordContent): Html {
  const messages = messagesIn(language);
  const { min, max } = passwordLength;
  const limits = html`minlength="${String(min)}" maxlength="${String(max)}"`;
  return html`<form method="post" action="${base}/password">
<input name="email" type="email" value="${email}" autocomplete="username" readonly hidden>
<label>${messages.currentPassword}
<input name="current" type="password" autocomplete="current-password" dir="ltr" required autofocus></label>
<label>${messages.newPassword}
<input name="new" type="password" autocomplete="new-password" dir="ltr" required ${limits} aria-describedby="rule"></label>
<p class="quiet" id="rule">${messages.passwordRule(min, max)}</p>
<label>${messages.newPasswordAgain}
<input name="again" type="password" autocomplete="new-password" dir="ltr" required ${limits}></label>
<button>${messages.changePassword}</button>
</form>`;
}
