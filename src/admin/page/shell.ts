import { randomBytes } from "node:crypto";
import { pagePolicy } from "../guards/security-headers.ts";
import type { Panel } from "../panel/asset.ts";
import type { Settings } from "../settings.ts";
import { type Html, html } from "./html.ts";
import { directionOf, type Language, languageFor } from "./language.ts";
import { nameOf, type Site, tabOf } from "./site.ts";

/** The panel's page, the same for every address: its script finds out what to show. */
export function shell(settings: Settings, request: Request, panel: Panel): Response {
  const { script, imported, styles } = panel;
  const nonce = randomBytes(18).toString("base64");
  const url = (name: string): string => `${settings.basePath}/assets/${name}`;
  const head = html`${styles.map((name) => html`<link rel="stylesheet" href="${url(name)}">`)}
${imported.map((name) => html`<link rel="modulepreload" href="${url(name)}">`)}
<meta name="plugbay-base" content="${settings.basePath}">
<script type="module" nonce="${nonce}" src="${url(script)}"></script>`;
  const body = html`<div id="root"></div>
<noscript>This panel needs JavaScript.</noscript>`;
  const language = settings.locale ?? languageFor(request);
  return htmlPage(settings, language, nonce, head, body);
}

/** A page that says what is wrong, for a person who opened the panel. */
export function notice(settings: Settings, status: number, text: string): Response {
  const nonce = randomBytes(18).toString("base64");
  const head = html`<style nonce="${nonce}">body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; overflow-wrap: anywhere } .environment { font-weight: 400 }</style>`;
  const body = html`<h1>${nameOf(settings)}</h1>
<p>${text}</p>`;
  return htmlPage(settings, "en", nonce, head, body, status);
}

function htmlPage(
  site: Site,
  language: Language,
  nonce: string,
  head: Html,
  body: Html,
  status = 200,
): Response {
  const { text } = html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${tabOf(site)}
${head}
</head>
<body>
${body}
</body>
</html>
`;
  return new Response(text, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": pagePolicy(nonce),
      vary: "accept-language",
    },
  });
}
