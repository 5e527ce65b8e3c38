import type { Admin } from "../admin/admin.ts";
import { InvalidOptionError } from "../definition/errors.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import { warn } from "../warn.ts";
import { type AdminSource, isAdmin, openerOf } from "./admin-source.ts";

/** Where an adapter answers. */
export interface MountOptions {
  /**
   * The path that requests arrive at in this server. Default: the admin's `basePath`.
   *
   * Set it where a proxy in front changes the path: `/` behind one that takes all of `basePath` away. Also
   * set it for a promise of an admin or a function, if the application has other routes: they do not wait for
   * the admin then.
   *
   * @example
   * app.use(toKoa(() => admin(), { path: "/admin/plugins" }));
   */
  readonly path?: string;
}

/** The target of a request, as the host has it. */
export interface Target {
  /** As it arrived. */
  readonly original: string;
  /** The path that the host has taken off it, because the panel is mounted there. Default: none. */
  readonly mountedAt?: string;
  /** What is left of it. */
  readonly current: string;
  /** Whether nobody but the panel answers the request. */
  readonly isOwn: boolean;
}

/** A request's place in the panel. */
export interface Place<HostRequest> {
  readonly admin: Admin<HostRequest>;
  /** The path that browsers see, as it was written. */
  readonly pathname: string;
}

/** Where the panel is in the host that it is mounted in. */
export interface Mount<HostRequest> {
  /** Without a closing slash: `""` for the root. Resolves when the admin is needed to know, and there. */
  path(): string | Promise<string>;
  /**
   * The place of a request in the panel; undefined: it is not the panel's, which is said at once where `path`
   * is known. Paths are compared letter by letter: a guard of the host has seen the same ones.
   *
   * Rejects when the admin cannot be had.
   */
  find(target: Target): Promise<Place<HostRequest> | undefined> | undefined;
}

export function mountOf<HostRequest>(
  source: AdminSource<HostRequest>,
  options: MountOptions = {},
): Mount<HostRequest> {
  checkKnown("the adapter", options, { path: true } satisfies OptionNames<MountOptions>);
  const known = options.path ?? (isAdmin(source) ? source.basePath : undefined);
  const path = known?.replace(/\/+$/, "");
  if (path !== undefined && path !== "" && !path.startsWith("/")) {
    throw new InvalidOptionError("path", options.path, `it begins with "/"`);
  }
  const open = openerOf(source);

  /** A request that may be another's goes on without the admin. */
  async function openFor(isOwn: boolean): Promise<Admin<HostRequest> | undefined> {
    try {
      return await open();
    } catch (error) {
      if (isOwn) throw error;
      warn('the panel has no admin, and no "path" says which requests are for it: they go on', error);
      return undefined;
    }
  }

  async function locate(asked: string, isOwn: boolean): Promise<Place<HostRequest> | undefined> {
    const admin = await openFor(isOwn || path !== undefined);
    if (admin === undefined) return undefined;
    const { basePath } = admin;
    const at = path ?? basePath;
    return isBelow(at, asked) ? { admin, pathname: `${basePath}${asked.slice(at.length)}` } : undefined;
  }

  return {
    path: () => path ?? open().then(({ basePath }) => basePath),
    find(target) {
      const asked = pathOf(target.original);
      if (isRewritten(target) || (path !== undefined && !isBelow(path, asked))) return undefined;
      return locate(asked, target.isOwn);
    },
  };
}

export const pathOf = (target: string): string => /^[^?]*/.exec(target)?.[0] ?? "";

const isBelow = (at: string, asked: string): boolean => asked === at || asked.startsWith(`${at}/`);

/** Whether the host has changed the path by more than its mounting: then its guards have seen another. */
function isRewritten({ original, mountedAt = "", current }: Target): boolean {
  const asked = pathOf(original);
  const left = pathOf(current);
  if (mountedAt + left === asked) return false;
  // Hosts leave "/" where nothing is left.
  return left !== "/" || mountedAt !== asked;
}
