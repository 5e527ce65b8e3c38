import { secured } from "../../admin/guards/security-headers.ts";
import { Html, html } from "../../admin/page/html.ts";
import { icon } from "../../admin/page/icon.ts";
import { directionOf, type Language } from "../../admin/page/language.ts";
import { nameOf, type Site, tabOf } from "../../admin/page/site.ts";
import { messagesIn, type Notice } from "./messages.ts";
import { style, styleHash } from "./style.ts";

export interface PageContent {
  /** Default: the page is about nothing but its notice. */
  readonly title?: string;
  readonly body: Html;
  readonly notice?: Notice | undefined;
}

const good: readonly Notice[] = ["signed-out", "password-changed"];

/** A page of its own, apart from the panel. It needs nothing but itself and its icon, and nothing may frame it. */
export function page(site: Site, language: Language, content: PageContent, status = 200): Response {
  return secured(
    new Response(render(site, language, content).text, {
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-language": language,
        "content-security-policy":
          `default-src 'none'; style-src '${styleHash}'; img-src 'self'; form-action 'self'; ` +
          "base-uri 'none'; frame-ancestors 'none'",
        vary: "accept-language, cookie",
      },
    }),
  );
}

function render(site: Site, language: Language, { title, body, notice }: PageContent): Html {
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${tabOf(site, title)}
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${icon}<span>${nameOf(site)}</span></h1>
${title === undefined ? "" : html`<h2>${title}</h2>`}
${notice === undefined ? "" : noticeOf(notice, messagesIn(language).notices[notice])}
${body}
</main>
</body>
</html>
`;
}

function noticeOf(notice: Notice, text: string): Html {
  return good.includes(notice)
    ? html`<p class="notice good" role="status">${text}</p>`
    : html`<p class="notice" role="alert">${text}</p>`;
}
