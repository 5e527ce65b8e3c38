import type { Rights } from "../../control/rights.ts";
import type { UserRole } from "../../define-config.ts";

export const roles: readonly UserRole[] = ["reader", "editor", "admin"];

/** What is stored is text; a role that this version does not know may do the least. */
export const asRole = (stored: unknown): UserRole => roles.find((role) => role === stored) ?? "reader";

/** What a role may do in the panel: what cannot be taken back is for administrators. */
export const rightsOf = (role: UserRole): Rights => ({
  access: role === "reader" ? "read" : "write",
  mayPurge: role === "admin",
});
