import { Html } from "./html.ts";

const shapes =
  '<rect width="32" height="32" rx="7" fill="#3b5bdb"/>' +
  '<path d="M11.5 6.5V12M20.5 6.5V12M16 24v3" stroke="#fff" stroke-width="3" stroke-linecap="round"/>' +
  '<path d="M7.5 12h17v3.5a8.5 8.5 0 0 1-17 0z" fill="#fff"/>';

/** As a file, for tabs and bookmarks. */
const iconFile = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${shapes}</svg>`;

/** As a piece of a page. */
export const icon = new Html(
  `<svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">${shapes}</svg>`,
);

/** Below the path of the panel; without a hash in its name, for pages that are made without the built panel. */
export const iconPath = "/assets/icon.svg";

export const serveIcon = (): Response =>
  new Response(iconFile, {
    headers: { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" },
  });
