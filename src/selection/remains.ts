import type { Rows } from "../store/rows.ts";
import { itemsNamed, type Snapshot } from "./snapshot.ts";

/** The ids of what was known of a namespace: of its items, or where it had none, of its types. */
export interface Known {
  readonly kind: "items" | "types";
  readonly ids: readonly string[];
}

export function knownInSnapshot(snapshot: Snapshot): Known {
  return snapshot.items.size > 0
    ? { kind: "items", ids: Array.from(snapshot.items, ({ id }) => id) }
    : { kind: "types", ids: [...snapshot.types.keys()] };
}

export function knownInRows({ types, items }: Rows): Known {
  const kind = items.length > 0 ? "items" : "types";
  return { kind, ids: { types, items }[kind].map(({ id }) => id) };
}

/** Whether rows are all newer than a revision: then none of them was there at the time, unless it changed since. */
export const areNewer = (rows: readonly { readonly revision: number }[], revision: number): boolean =>
  rows.every((row) => row.revision > revision);

/** Whether changes bring rows that stand where others stood, which were not purged: so they were deleted by hand. */
export function replacesRows(snapshot: Snapshot, { types, items, purged }: Rows): boolean {
  const gone = new Set(purged);
  const changed = new Set(types.map(({ id }) => id));
  const isTaken = types.some(({ manager, name }) => {
    const holder = snapshot.byIdentity.get(manager, name)?.row.id;
    return holder !== undefined && !gone.has(holder) && !changed.has(holder);
  });
  if (isTaken) return true;
  const changedItems = new Set(items.map(({ id }) => id));
  return items.some((row) => {
    const type = snapshot.types.get(row.typeId);
    return type && itemsNamed(snapshot, type, row).some(({ id }) => !changedItems.has(id) && !gone.has(id));
  });
}
