/**
 * Whether a page of the panel itself sent a request that changes something. Browsers that say where a
 * request comes from are believed; others name the origin of a form, which has to be the panel's.
 */
export function isSameOrigin({ headers }: Request, publicOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  return origin === publicOrigin || new URL(origin).host === headers.get("host");
}

/** Whether another site made the browser send a request, such as by a link or a picture. */
export function isFromElsewhere({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}
