import type { PluginItem } from "../definition/plugin-item.ts";
import type { Snapshot, TypeSnapshot } from "../selection/snapshot.ts";
import { ItemNotFoundError, TypeNotFoundError } from "./errors.ts";

/** Made for the types that are asked, and kept as long as they do not change. */
const indexes = new WeakMap<TypeSnapshot, ReadonlyMap<string, PluginItem>>();

/** A type's item of this id. */
export function itemOf(type: TypeSnapshot, id: string): PluginItem | undefined {
  const index = indexes.get(type) ?? new Map(type.items.map((item) => [item.id, item]));
  indexes.set(type, index);
  return index.get(id);
}

/** The item of this id, and its type. */
export function findItem(
  snapshot: Snapshot,
  id: string,
): { readonly type: TypeSnapshot; readonly item: PluginItem } | undefined {
  for (const type of snapshot.types.values()) {
    const item = itemOf(type, id);
    if (item) return { type, item };
  }
  return undefined;
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
