import { Html, html } from "./html.ts";
import type { Language, Notice } from "./messages.ts";
import { style, styleHash } from "./style.ts";

export interface PageContent {
  readonly title: string;
  readonly body: Html;
  readonly notice?: Notice | undefined;
}

const good: readonly Notice[] = ["signed-out", "password-changed"];

/** A page of its own, apart from the panel. It needs nothing but itself, and nothing may frame it. */
export function page(language: Language, content: PageContent, status = 200): Response {
  return new Response(render(language, content).text, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-language": language.code,
      "content-security-policy":
        `default-src 'none'; style-src '${styleHash}'; img-src data:; form-action 'self'; ` +
        "base-uri 'none'; frame-ancestors 'none'",
      "cross-origin-opener-policy": "same-origin",
      // Not `no-referrer`: browsers would then name no origin with a form, and it would be refused.
      "referrer-policy": "same-origin",
      vary: "accept-language, cookie",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    },
  });
}

function render({ code, direction, messages }: Language, { title, body, notice }: PageContent): Html {
  return html`<!doctype html>
<html lang="${code}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · plugbay</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${notice === undefined ? "" : noticeOf(notice, messages.notices[notice])}
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
