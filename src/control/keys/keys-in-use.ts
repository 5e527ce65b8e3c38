import { partsOf } from "../../secrets/sealed-secret.ts";
import { replaceSealed, sealedConfig } from "../../secrets/shown-config.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";

/** A key of this process, or one that only items name. */
export interface KeyUse {
  /** What it is called. */
  readonly id: string;
  /** `current`: it encrypts. `old`: it only decrypts. `missing`: this process does not have it. */
  readonly use: "current" | "old" | "missing";
  /** How many items have secrets under it. */
  readonly items: number;
}

type Counts = ReadonlyMap<string, number>;

/** Types change one by one, and there may be many items. */
const counted = new WeakMap<TypeSnapshot, Counts>();

/** Which keys the secrets of all items are encrypted with, and which of `ids`, the first of which encrypts, are not used. */
export function keysInUse(snapshot: Snapshot, ids: readonly string[]): KeyUse[] {
  const counts = new Map(ids.map((id) => [id, 0]));
  for (const type of snapshot.types.values())
    for (const [id, items] of countsOf(type)) counts.set(id, (counts.get(id) ?? 0) + items);
  return [...counts].map(([id, items]) => {
    const use = id === ids[0] ? "current" : ids.includes(id) ? "old" : "missing";
    return { id, use, items };
  });
}

function countsOf(type: TypeSnapshot): Counts {
  const known = counted.get(type);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { config } of type.items) {
    const used = new Set<string>();
    replaceSealed(sealedConfig(config), ({ $secret }) => {
      const id = partsOf($secret)?.keyId;
      if (id !== undefined) used.add(id);
      return null;
    });
    for (const id of used) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  counted.set(type, counts);
  return counts;
}
