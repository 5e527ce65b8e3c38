import { isSameOrigin } from "../admin/guards/same-origin.ts";
import { notice } from "./answers.ts";
import type { AppParts } from "./app-parts.ts";
import type { Visitor } from "./sign-in/authentication.ts";

/** What a form of the panel's own pages has sent. */
export interface SentForm {
  readonly fields: URLSearchParams;
  readonly visitor: Visitor;
  readonly request: Request;
}

interface Context {
  readonly req: { readonly raw: Request };
  readonly env: { readonly address: string };
}

/** Takes forms of the panel's own pages only: a browser sends a user's cookies along for any page. */
export function onForm({ site, publicOrigin }: AppParts, answer: (form: SentForm) => Promise<Response>) {
  return async ({ req: { raw: request }, env: { address } }: Context): Promise<Response> => {
    if (!isSameOrigin(request, publicOrigin)) return notice(site, request, "cross-origin", 403);
    const fields = await readFields(request);
    if (fields === undefined) return notice(site, request, "failed", 413);
    return answer({ fields, visitor: { headers: request.headers, address }, request });
  };
}

const byteLimit = 16_384;

async function readFields(request: Request): Promise<URLSearchParams | undefined> {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  // Browsers say how long a form is; so nothing has to be read to learn that it is too long.
  if (!(length <= byteLimit)) return undefined;
  return new URLSearchParams(await request.text());
}
