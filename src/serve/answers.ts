import { html } from "../admin/page/html.ts";
import { languageFor } from "../admin/page/language.ts";
import type { Notice } from "./pages/messages.ts";
import { page } from "./pages/page.ts";
import type { Outcome } from "./sign-in/authentication.ts";

type Refused = Extract<Outcome, { kind: "refused" }>;

/** To another page, by GET; never kept, because it depends on who asks. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "same-origin" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** A page that only says something. */
export const notice = (request: Request, what: Notice, status: number): Response =>
  page(languageFor(request), { title: "plugbay", body: html``, notice: what }, status);

/** What to say, and by which status, of an attempt that came to nothing; `wrong` is for what was wrong with it. */
export function refusalOf(
  { reason }: Refused,
  wrong: Notice,
): { readonly notice: Notice; readonly status: number } {
  switch (reason) {
    case "wrong":
      return { notice: wrong, status: 401 };
    case "too-many":
      return { notice: "too-many", status: 429 };
    case "failed":
      return { notice: "failed", status: 503 };
  }
}
