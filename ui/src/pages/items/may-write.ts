import type { ItemInfo, SessionInfo } from "../../../../src/admin/contract/contract.ts";

/** Whether who is signed in may change the items of an item's type. */
export function mayWrite(session: SessionInfo, { type }: ItemInfo): boolean {
  if (session.access !== "write") return false;
  return session.types?.some(({ manager, name }) => manager === type.manager && name === type.name) ?? true;
}
