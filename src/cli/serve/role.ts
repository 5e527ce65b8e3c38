import type { UserRole } from "../../define-config.ts";

export const roles: readonly UserRole[] = ["reader", "editor", "admin"];

/** What is stored is text; a role that this version does not know may do the least. */
export const asRole = (stored: unknown): UserRole => roles.find((role) => role === stored) ?? "reader";

export const accessOf = (role: UserRole): "read" | "write" => (role === "reader" ? "read" : "write");
