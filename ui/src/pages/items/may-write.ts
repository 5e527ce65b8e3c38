import type { ItemInfo, SessionInfo } from "../../../../src/admin/api.ts";

/** Whether who is signed in may change an item, and not only a file. */
export function mayWrite(session: SessionInfo, { type, managed }: ItemInfo): boolean {
  if (session.access !== "write" || managed !== null) return false;
  return session.types?.some(({ manager, name }) => manager === type.manager && name === type.name) ?? true;
}
