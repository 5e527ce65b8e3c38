import { html } from "../../admin/page/html.ts";
import type { Language } from "../../admin/page/language.ts";
import type { Site } from "../../admin/page/site.ts";
import { messagesIn } from "./messages.ts";
import { page } from "./page.ts";

/** Asks before it signs out: a link alone must not, or any other site could do it. */
export function signOutPage(site: Site, language: Language, email: string): Response {
  const messages = messagesIn(language);
  const base = site.basePath;
  const body = html`<p>${messages.signedInAs} <strong><bdi>${email}</bdi></strong></p>
<form method="post" action="${base}/sign-out"><button>${messages.signOut}</button></form>
<nav><a href="${base}/">${messages.toPanel}</a> <a href="${base}/password">${messages.changePassword}</a></nav>`;
  return page(site, language, { title: messages.signOut, body });
}
