import type { JsonValue } from "../../src/definition/plugin-item.ts";

/** JSON being edited: a member that is undefined is one that is not there. */
export type DraftValue = JsonValue | undefined;
export type JsonObject = { readonly [key: string]: JsonValue };

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether two values would be sent alike, in whatever order their members stand. */
export function isSameJson(one: DraftValue, other: DraftValue): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((member, index) => isSameJson(member, other[index]));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSameJson(one[key], other[key]));
}

/** What stands at a path of keys and indexes; undefined where nothing does. */
export const valueAt = (value: DraftValue, path: readonly string[]): DraftValue =>
  path.reduce<DraftValue>((parent, key) => {
    if (Array.isArray(parent)) return parent[Number(key)];
    return isJsonObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
  }, value);

/** The object with one member set, or without it. */
export function withMember(object: JsonObject, key: string, value: DraftValue): JsonObject {
  if (value !== undefined) return { ...object, [key]: value };
  const { [key]: _removed, ...rest } = object;
  return rest;
}

/**
 * Both changes in one, where two people started from the same: what I have not touched is theirs, what both
 * touched is mine.
 */
export function mergeChanges(base: DraftValue, mine: DraftValue, theirs: DraftValue): DraftValue {
  if (isSameJson(mine, base)) return theirs;
  if (!isJsonObject(mine) || !isJsonObject(theirs)) return mine;
  const before = isJsonObject(base) ? base : {};
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  return keys.reduce<JsonObject>(
    (merged, key) => withMember(merged, key, mergeChanges(before[key], mine[key], theirs[key])),
    {},
  );
}
