import { isAmbiguousPath } from "./ambiguous-path.ts";

const longestPath = 2_048;

/**
 * The path of a request below the panel, from `/` on and without a closing slash, which some hosts add to
 * every path, whether something in front has taken `basePath` off or not. undefined for one that is ambiguous,
 * or too long.
 */
export function pathWithin(basePath: string, { url }: Request): string | undefined {
  const asked = pathOf(url);
  if (asked.length > longestPath || isAmbiguousPath(asked)) return undefined;
  const path = asked.replace(/\/$/, "");
  if (path === basePath) return "/";
  return (path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path) || "/";
}

/** The path of a URL as it is written: some servers make requests whose URL still has its dot segments. */
export const pathOf = (url: string): string => /^[^:/?#]+:\/\/[^/?#\\]*([^?#]*)/.exec(url)?.[1] || "/";
