/**
 * A path of the panel to go to after the sign-in, out of what an address says; the start page for anything
 * else. Browsers take `//host` and `/\host` for other sites, and `/.//host` becomes one of them.
 */
export function nextPath(base: string, wanted: string | null | undefined): string {
  const start = `${base}/`;
  const here = "http://localhost";
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, here)) return start;
  const { origin, pathname, search } = new URL(wanted, here);
  return origin === here && pathname.startsWith(start) && !pathname.startsWith("//")
    ? pathname + search
    : start;
}
