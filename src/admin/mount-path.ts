const longestPath = 2_048;

/**
 * The path of a request below the panel, from `/` on, whether something in front has taken `basePath` off or
 * not. undefined for one that is meant to confuse: with encoded slashes, dots or nulls, or without end.
 */
export function pathWithin(basePath: string, { url }: Request): string | undefined {
  const { pathname } = new URL(url);
  if (pathname.length > longestPath) return undefined;
  if (pathname.includes("//") || /[\\\0]|%(00|2e|2f|5c)/i.test(pathname)) return undefined;
  if (pathname === basePath) return "/";
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
}
