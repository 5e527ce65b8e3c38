import type { Settings } from "../settings.ts";
import { type Html, html } from "./html.ts";
import { iconPath } from "./icon.ts";

/** What every page says of the panel that it belongs to. */
export type Site = Pick<Settings, "basePath" | "title" | "environment">;

/** What the browser's tab shows: the page, the product, and where it runs. */
export function tabOf({ basePath, title, environment }: Site, page?: string): Html {
  const name = [page, title, environment].filter(Boolean).join(" · ");
  return html`<title>${name}</title>
<link rel="icon" type="image/svg+xml" href="${basePath}${iconPath}">`;
}

/** The product and the environment, for the page's heading. */
export const nameOf = ({ title, environment }: Site): Html =>
  html`<span class="product"><bdi>${title}</bdi></span>${environment === null ? "" : html` <bdi class="environment" title="${environment}">${environment}</bdi>`}`;
