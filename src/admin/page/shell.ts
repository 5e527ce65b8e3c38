import { randomBytes } from "node:crypto";
import { pagePolicy } from "../guards/security-headers.ts";
import type { Panel } from "../panel/asset.ts";
import type { Settings } from "../settings.ts";
import { escapeHtml } from "./html.ts";

/** The panel's page, the same for every address: its script finds out what to show. */
export function shell(settings: Settings, { script, imported, styles }: Panel): Response {
  const nonce = randomBytes(18).toString("base64");
  const url = (name: string): string => escapeHtml(`${settings.basePath}/assets/${name}`);
  const links = styles.map((name) => `<link rel="stylesheet" href="${url(name)}">`);
  return htmlPage(
    settings,
    nonce,
    [
      ...links,
      ...imported.map((name) => `<link rel="modulepreload" href="${url(name)}">`),
      `<meta name="plugbay-base" content="${escapeHtml(settings.basePath)}">`,
      `<script type="module" nonce="${nonce}" src="${url(script)}"></script>`,
    ].join("\n"),
    '<div id="root"></div>\n<noscript>This panel needs JavaScript.</noscript>',
  );
}

/** A page that says what is wrong, for a person who opened the panel. */
export function notice(settings: Settings, status: number, text: string): Response {
  const nonce = randomBytes(18).toString("base64");
  const style = `<style nonce="${nonce}">body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; overflow-wrap: anywhere }</style>`;
  const body = `<h1>${escapeHtml(settings.title)}</h1>\n<p>${escapeHtml(text)}</p>`;
  return htmlPage(settings, nonce, style, body, status);
}

function htmlPage(
  { title, locale }: Settings,
  nonce: string,
  head: string,
  body: string,
  status = 200,
): Response {
  const html = `<!doctype html>
<html lang="${locale ?? "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;
  return new Response(html, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": pagePolicy(nonce) },
  });
}
