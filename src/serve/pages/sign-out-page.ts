import { html } from "../../admin/page/html.ts";
import type { Language } from "../../admin/page/language.ts";
import { messagesIn } from "./messages.ts";
import { page } from "./page.ts";

/** Asks before it signs out: a link alone must not, or any other site could do it. */
export function signOutPage(language: Language, base: string, email: string): Response {
  const messages = messagesIn(language);
  const body = html`<p>${messages.signedInAs} <strong><bdi>${email}</bdi></strong></p>
<form method="post" action="${base}/sign-out"><button>${messages.signOut}</button></form>
<nav><a href="${base}/">${messages.toPanel}</a> <a href="${base}/password">${messages.changePassword}</a></nav>`;
  return page(language, { title: messages.signOut, body });
}
