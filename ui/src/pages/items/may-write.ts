import type { ItemInfo, SessionInfo } from "../../../../src/admin/api.ts";

/** Whether who is signed in may change an item. */
export function mayWrite(session: SessionInfo, { type }: ItemInfo): boolean {
  if (session.access !== "write") return false;
  return session.types?.some(({ manager, name }) => manager === type.manager && name === type.name) ?? true;
}
