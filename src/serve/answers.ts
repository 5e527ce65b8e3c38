import { html } from "../admin/page/html.ts";
import { languageFor } from "../admin/page/language.ts";
import type { Site } from "../admin/page/site.ts";
import { messagesIn, type Notice } from "./pages/messages.ts";
import { page } from "./pages/page.ts";
import type { Outcome } from "./sign-in/authentication.ts";

type Refused = Extract<Outcome, { kind: "refused" }>;

/** To another page, by GET; never kept, because it depends on who asks. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "same-origin" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** A page that only says something, with the id that the log has for it, and leads back. */
export function notice(site: Site, request: Request, what: Notice, status: number, id?: string): Response {
  const language = languageFor(request);
  const told = id === undefined ? html`` : html`<p><code>${id}</code></p>`;
  const body = html`${told}<nav><a href="${site.basePath}/">${messagesIn(language).toPanel}</a></nav>`;
  return page(site, language, { body, notice: what }, status);
}

/** Answers an attempt that came to nothing; `wrong` is what to say if that is what it was. */
export async function refusal(
  refused: Refused,
  wrong: Notice,
  answer: (notice: Notice, status: number) => Response | Promise<Response>,
): Promise<Response> {
  switch (refused.reason) {
    case "wrong":
      return answer(wrong, 401);
    case "failed":
      return answer("failed", 503);
    case "too-many":
    case "busy": {
      const response = await answer(refused.reason, refused.reason === "busy" ? 503 : 429);
      response.headers.set("retry-after", String(refused.retryAfter));
      return response;
    }
  }
}
