const longestPath = 2_048;

/**
 * The path of a request below the panel, from `/` on and without a closing slash, which some hosts add to
 * every path, whether something in front has taken `basePath` off or not. undefined for one that is meant to
 * confuse: with encoded slashes, dots or nulls, or without end.
 */
export function pathWithin(basePath: string, { url }: Request): string | undefined {
  const { pathname } = new URL(url);
  if (pathname.length > longestPath) return undefined;
  if (pathname.includes("//") || /[\\\0]|%(00|2e|2f|5c)/i.test(pathname)) return undefined;
  const path = pathname.replace(/\/$/, "");
  if (path === basePath) return "/";
  return (path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path) || "/";
}
