import type { Admin } from "../admin/admin.ts";
import { InvalidOptionError } from "../errors.ts";

export interface MountOptions {
  /**
   * The path that requests arrive at in this server, where a proxy in front changes it: `/` behind one that
   * takes all of the admin's `basePath` away. Default: `basePath`.
   */
  readonly path?: string;
}

/** Where the panel is for the host that it is mounted in. */
export interface Mount {
  /** Without a closing slash: `""` for the root. */
  readonly path: string;
  /** The path that browsers see, of a request that arrived for `target`; undefined: it is not the panel's. */
  publicPath(target: string): string | undefined;
}

export function mountOf({ basePath }: Admin, options: MountOptions = {}): Mount {
  const path = (options.path ?? basePath).replace(/\/+$/, "");
  if (path !== "" && !path.startsWith("/")) {
    throw new InvalidOptionError("path", options.path, `it begins with "/"`);
  }
  return {
    path,
    publicPath(target) {
      const pathname = pathnameOf(target);
      return pathname === path || pathname?.startsWith(`${path}/`)
        ? `${basePath}${pathname.slice(path.length)}`
        : undefined;
    },
  };
}

/** The path with its dots resolved, so that `/admin/../other` passes for what it is. */
function pathnameOf(target: string): string | undefined {
  // A proxy may be sent a whole URL, and OPTIONS a bare `*`.
  const url = target.startsWith("/") ? `http://localhost${target}` : target;
  return URL.canParse(url) ? new URL(url).pathname : undefined;
}
