import type { Admin } from "../admin/admin.ts";

/**
 * The admin that an adapter mounts: one that is there, a promise of one, or a function that gives either. A
 * function is called when the first request needs it, and once, unless it fails: then the next request calls
 * it again.
 */
export type AdminSource = Admin | Promise<Admin> | (() => Admin | Promise<Admin>);

export const isAdmin = (source: AdminSource): source is Admin => "basePath" in source;

/** How the admin of a source is got. */
export function openerOf(source: AdminSource): () => Promise<Admin> {
  if (typeof source !== "function") {
    const admin = Promise.resolve(source);
    // Each request that needs it is told of the failure; until one comes, it is nobody's.
    admin.catch(() => undefined);
    return () => admin;
  }
  let opening: Promise<Admin> | undefined;
  return () => {
    opening ??= Promise.resolve()
      .then(source)
      .catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
    return opening;
  };
}
