import type { PluginItem } from "../definition/plugin-item.ts";
import type { Snapshot, TypeSnapshot } from "../selection/snapshot.ts";
import { ItemNotFoundError, TypeNotFoundError } from "./errors.ts";

/** The item of this id, and its type. */
export function findItem(
  snapshot: Snapshot,
  id: string,
): { readonly type: TypeSnapshot; readonly item: PluginItem } | undefined {
  const item = snapshot.item(id);
  const type = item && snapshot.types.get(item.typeId);
  return type && { type, item };
}

/** As `findItem`. @throws ItemNotFoundError */
export function requireItem(snapshot: Snapshot, id: string): NonNullable<ReturnType<typeof findItem>> {
  const found = findItem(snapshot, id);
  if (found === undefined) throw new ItemNotFoundError([id]);
  return found;
}

/** The type of this id. @throws TypeNotFoundError */
export function requireType(snapshot: Snapshot, id: string): TypeSnapshot {
  const type = snapshot.types.get(id);
  if (type === undefined) throw new TypeNotFoundError(id);
  return type;
}
