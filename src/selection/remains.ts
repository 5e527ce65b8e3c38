import type { Rows } from "../store/rows.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a process knows of a namespace: the ids of its items, or where it has none, of its types. */
export type KnownIds = readonly string[];

export function idsInSnapshot(snapshot: Snapshot): KnownIds {
  const items = [...snapshot.types.values()].flatMap((type) => type.items.map(({ id }) => id));
  return items.length > 0 ? items : [...snapshot.types.keys()];
}

export const idsInRows = ({ types, items }: Rows): KnownIds =>
  (items.length > 0 ? items : types).map(({ id }) => id);

/** Whether rows have nothing of what was known before. */
export function isNothingLeft(known: KnownIds, { types, items }: Rows): boolean {
  if (known.length === 0) return false;
  const there = new Set([...types, ...items].map(({ id }) => id));
  return !known.some((id) => there.has(id));
}

/** Whether changes bring rows that stand where others stood, which were not purged: so they were deleted by hand. */
export function replacesRows(snapshot: Snapshot, { types, items, purged }: Rows): boolean {
  const gone = new Set(purged);
  const changed = new Set(types.map(({ id }) => id));
  const isTaken = types.some(({ id, manager, name }) => {
    const holder = snapshot.byIdentity.get(manager, name)?.row.id ?? id;
    return holder !== id && !gone.has(holder) && !changed.has(holder);
  });
  if (isTaken) return true;
  const changedItems = new Set(items.map(({ id }) => id));
  return items.some((row) =>
    snapshot.types
      .get(row.typeId)
      ?.items.some(
        (item) =>
          item.name === row.name &&
          item.label === row.label &&
          item.module === row.module &&
          !changedItems.has(item.id) &&
          !gone.has(item.id),
      ),
  );
}
