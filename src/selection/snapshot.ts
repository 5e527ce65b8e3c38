import type { TypeIdentity } from "../definition/identity.ts";
import { PairMap } from "../definition/pair-map.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { compareItems } from "./order.ts";

/** A plugin type and all of its items, in the order in which they are served. */
export interface TypeSnapshot {
  readonly row: TypeRow;
  readonly items: readonly PluginItem[];
}

/** The immutable picture of all types and items at one revision. */
export interface Snapshot {
  readonly revision: number;
  /** The random ids of that revision and of the namespace's data; `""` where there are none. */
  readonly revisionId: string;
  readonly origin: string;
  readonly types: ReadonlyMap<string, TypeSnapshot>;
  readonly byIdentity: PairMap<TypeSnapshot>;
}

export const emptySnapshot: Snapshot = {
  revision: 0,
  revisionId: "",
  origin: "",
  types: new Map(),
  byIdentity: new PairMap(),
};

/** What a later revision made of a snapshot. */
export interface Successor {
  readonly snapshot: Snapshot;
  /** The ids of the types that have other items, or others' details, than before. */
  readonly changedTypes: ReadonlySet<string>;
  /** The ids of types that are no longer there. */
  readonly purgedTypes: ReadonlySet<string>;
}

/** The snapshot after the given rows came in; types without a change are shared with the one before. */
export function succeed(before: Snapshot, rows: Rows): Successor {
  // A row that was put under another type by hand leaves its own like one that is purged.
  const gone = new Set([...rows.purged, ...newcomers(before, rows)]);
  const changes = gather(before, rows, gone);
  const types = new Map(before.types);
  for (const [id, { row, items }] of changes) {
    const type = types.get(id);
    const present = row ?? type?.row;
    // An item whose type row is not known: the type was purged, and its items with it.
    if (present === undefined) continue;
    types.set(id, { row: present, items: mergeItems(type, present, items, gone) });
  }
  const purgedTypes = new Set(rows.purged.filter((id) => types.delete(id)));
  const byIdentity = new PairMap<TypeSnapshot>();
  for (const type of types.values()) byIdentity.set(type.row.manager, type.row.name, type);
  const { revision, revisionId, origin } = rows;
  return {
    snapshot: Object.freeze({ revision, revisionId, origin, types, byIdentity }),
    changedTypes: new Set(changes.keys()),
    purgedTypes,
  };
}

interface TypeChanges {
  row: TypeRow | undefined;
  readonly items: ItemRow[];
}

function gather(before: Snapshot, rows: Rows, gone: ReadonlySet<string>): Map<string, TypeChanges> {
  const changes = new Map<string, TypeChanges>();
  const of = (typeId: string): TypeChanges => {
    const entry = changes.get(typeId) ?? { row: undefined, items: [] };
    changes.set(typeId, entry);
    return entry;
  };
  for (const row of rows.types) of(row.id).row = row;
  for (const row of rows.items) of(row.typeId).items.push(row);
  if (gone.size > 0) {
    for (const [id, type] of before.types) {
      if (!gone.has(id) && type.items.some((item) => gone.has(item.id))) of(id);
    }
  }
  return changes;
}

/** The ids of items that their types did not have before. */
function newcomers(before: Snapshot, { items }: Rows): Set<string> {
  const types = new Map(before.types.size === 0 ? [] : items.map((row) => [row.id, row.typeId]));
  const ids = new Set(types.keys());
  for (const typeId of new Set(types.values())) {
    for (const { id } of before.types.get(typeId)?.items ?? []) if (types.get(id) === typeId) ids.delete(id);
  }
  return ids;
}

function mergeItems(
  type: TypeSnapshot | undefined,
  row: TypeRow,
  changed: readonly ItemRow[],
  gone: ReadonlySet<string>,
): readonly PluginItem[] {
  const identity: TypeIdentity = Object.freeze({ manager: row.manager, name: row.name });
  const replaced = new Set(changed.map((item) => item.id));
  const renamed = type !== undefined && (type.row.manager !== row.manager || type.row.name !== row.name);
  const items: PluginItem[] = [];
  for (const item of type?.items ?? []) {
    if (replaced.has(item.id) || gone.has(item.id)) continue;
    items.push(renamed ? Object.freeze({ ...item, type: identity }) : item);
  }
  // The identity object is shared by the items of a type: with 100,000 items that is what they weigh.
  const shared = renamed ? identity : (type?.items[0]?.type ?? identity);
  for (const item of changed) items.push(toItem(item, shared));
  return Object.freeze(items.sort(compareItems));
}

/** The ids of items that a snapshot read anew no longer has. */
export function itemsGone(before: Snapshot, after: Snapshot): string[] {
  if (before.types.size === 0) return [];
  const left = new Set(itemIds(after));
  return itemIds(before).filter((id) => !left.has(id));
}

const itemIds = (snapshot: Snapshot): string[] =>
  [...snapshot.types.values()].flatMap((type) => type.items.map((item) => item.id));

export function toItem(row: ItemRow, type: TypeIdentity): PluginItem {
  const { id, module, name, label, aliases, status, priority, description, config, configVersion } = row;
  const { managed, version, revision, retiredAt, retiredBy, createdAt, updatedAt } = row;
  return Object.freeze({
    id,
    type,
    module,
    name,
    label,
    aliases,
    status,
    priority,
    description,
    config,
    configVersion,
    managed,
    version,
    revision,
    retiredAt,
    retiredBy,
    createdAt,
    updatedAt,
  });
}
