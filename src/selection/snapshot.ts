import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { compareItems, compareText } from "./order.ts";
import { PersistentMap } from "./persistent-map.ts";
import { type PairChange, PersistentPairMap } from "./persistent-pair-map.ts";
import { mergeSorted, placeOf } from "./sorted-items.ts";

/** A plugin type and all of its items. */
export interface TypeSnapshot {
  readonly row: TypeRow;
  /** In selection order: active, reserve, disabled, and at the end those that are retired. */
  readonly items: readonly PluginItem[];
  /** The same items by name, module and label. */
  readonly byName: readonly PluginItem[];
}

/**
 * The immutable picture of all types and items at one revision. Snapshots that follow each other share what did not
 * change, indexes included.
 */
export class Snapshot {
  readonly revision: number;
  /** The random ids of that revision and of the namespace's data; `""` where there are none. */
  readonly revisionId: string;
  readonly origin: string;
  readonly types: PersistentMap<TypeSnapshot>;
  readonly byIdentity: PersistentPairMap<TypeSnapshot>;
  /** All items by id. */
  readonly items: PersistentMap<PluginItem>;

  constructor({ revision, revisionId, origin, types, byIdentity, items }: Omit<Snapshot, "item">) {
    this.revision = revision;
    this.revisionId = revisionId;
    this.origin = origin;
    this.types = types;
    this.byIdentity = byIdentity;
    this.items = items;
    Object.freeze(this);
  }

  /** The item of that id, whatever its type. */
  item(id: string): PluginItem | undefined {
    return this.items.get(id);
  }
}

export const emptySnapshot = new Snapshot({
  revision: 0,
  revisionId: "",
  origin: "",
  types: PersistentMap.empty(),
  byIdentity: PersistentPairMap.empty(),
  items: PersistentMap.empty(),
});

/** What a later revision made of a snapshot. */
export interface Successor {
  readonly snapshot: Snapshot;
  /** The ids of the types that have other items, or other details, than before. */
  readonly changedTypes: ReadonlySet<string>;
  /** The ids of types that are no longer there. */
  readonly purgedTypes: ReadonlySet<string>;
  /** The items that are new or changed, as they are now. */
  readonly changedItems: readonly PluginItem[];
  /** The ids of items that are no longer there. */
  readonly goneItems: readonly string[];
}

/**
 * The snapshot after the given rows came in. What did not change is shared with the one before, and the time it takes
 * grows with what did.
 */
export function succeed(before: Snapshot, rows: Rows): Successor {
  const purgedTypes = new Set(rows.purged.filter((id) => before.types.has(id)));
  const changes = gather(before, rows, purgedTypes);
  const types: [string, TypeSnapshot | undefined][] = [];
  const items: [string, PluginItem | undefined][] = [];
  for (const id of purgedTypes) {
    types.push([id, undefined]);
    for (const item of before.types.get(id)?.items ?? []) items.push([item.id, undefined]);
  }
  const changedItems: PluginItem[] = [];
  for (const { leaving } of changes.values()) for (const { id } of leaving) items.push([id, undefined]);
  for (const [id, change] of changes) {
    const type = change.type;
    const row = change.row ?? type?.row;
    // An item whose type row is not known: the type was purged, and its items with it.
    if (row === undefined) continue;
    const { after, coming } = mergeType(type, row, change);
    types.push([id, after]);
    for (const item of coming) {
      items.push([item.id, item]);
      changedItems.push(item);
    }
  }
  const { revision, revisionId, origin } = rows;
  const typesAfter = before.types.with(types);
  const itemsAfter = before.items.with(items);
  const snapshot = new Snapshot({
    revision,
    revisionId,
    origin,
    types: typesAfter,
    byIdentity: identify(before, typesAfter, types),
    items: itemsAfter,
  });
  const changedTypes = new Set(types.flatMap(([id, type]) => (type ? [id] : [])));
  const goneItems = items.flatMap(([id, item]) => (item || itemsAfter.has(id) ? [] : [id]));
  return { snapshot, changedTypes, purgedTypes, changedItems, goneItems };
}

/** The items of a type that go by a name and label: one, unless someone wrote two of them by hand. */
export function itemsNamed(
  { byName }: TypeSnapshot,
  { module, name, label }: PluginIdentity & { readonly label: string },
): readonly PluginItem[] {
  const isNamed = (item: PluginItem | undefined): boolean =>
    item !== undefined && item.module === module && item.name === name && item.label === label;
  const start = placeOf(byName, { module, name, label, id: "" } as PluginItem, compareNames);
  let end = start;
  while (isNamed(byName[end])) end += 1;
  return byName.slice(start, end);
}

/** The type that an item of the snapshot is under. */
export function typeOfItem(snapshot: Snapshot, item: PluginItem): TypeSnapshot | undefined {
  const has = ({ items }: TypeSnapshot): boolean => items[placeOf(items, item, compareItems)] === item;
  const type = snapshot.byIdentity.get(item.type.manager, item.type.name);
  if (type === undefined || has(type)) return type;
  // Someone gave two types one name by hand.
  return [...snapshot.types.values()].find(has);
}

interface TypeChange {
  readonly type: TypeSnapshot | undefined;
  row: TypeRow | undefined;
  readonly leaving: Set<PluginItem>;
  readonly coming: ItemRow[];
}

/** What changes in which types, but for those that are gone. */
function gather(before: Snapshot, rows: Rows, purgedTypes: ReadonlySet<string>): Map<string, TypeChange> {
  const changes = new Map<string, TypeChange>();
  const of = (typeId: string): TypeChange => {
    const type = before.types.get(typeId);
    const entry = changes.get(typeId) ?? { type, row: undefined, leaving: new Set(), coming: [] };
    changes.set(typeId, entry);
    return entry;
  };
  const leave = (id: string): void => {
    const item = before.item(id);
    const type = item && typeOfItem(before, item);
    if (type && !purgedTypes.has(type.row.id)) of(type.row.id).leaving.add(item);
  };
  for (const row of rows.types) if (!purgedTypes.has(row.id)) of(row.id).row = row;
  for (const id of rows.purged) leave(id);
  for (const row of rows.items) {
    leave(row.id);
    if (!purgedTypes.has(row.typeId)) of(row.typeId).coming.push(row);
  }
  return changes;
}

/** A type after its changes, and the items that are not as they were. */
function mergeType(
  type: TypeSnapshot | undefined,
  row: TypeRow,
  { leaving, coming: rows }: TypeChange,
): { readonly after: TypeSnapshot; readonly coming: PluginItem[] } {
  const { items = [], byName = [] } = type ?? {};
  const isRenamed = type !== undefined && (type.row.manager !== row.manager || type.row.name !== row.name);
  const fresh: TypeIdentity = Object.freeze({ manager: row.manager, name: row.name });
  // The identity object is shared by the items of a type: with 100,000 items that is what they weigh.
  const identity = isRenamed ? fresh : (items[0]?.type ?? fresh);
  const coming = rows.map((item) => toItem(item, identity));
  let left = leaving;
  if (isRenamed) {
    for (const item of items) if (!leaving.has(item)) coming.push(Object.freeze({ ...item, type: identity }));
    left = new Set(items);
  }
  const after: TypeSnapshot = {
    row,
    items: mergeSorted(items, left, coming, compareItems),
    byName: mergeSorted(byName, left, coming, compareNames),
  };
  return { after, coming };
}

const compareNames = (one: PluginItem, other: PluginItem): number =>
  compareText(one.name, other.name) ||
  compareText(one.module, other.module) ||
  compareText(one.label, other.label) ||
  compareText(one.id, other.id);

/** The types by their names. */
function identify(
  before: Snapshot,
  types: PersistentMap<TypeSnapshot>,
  changes: readonly (readonly [string, TypeSnapshot | undefined])[],
): PersistentPairMap<TypeSnapshot> {
  const left = changes.flatMap(([id]): PairChange<TypeSnapshot>[] => {
    const type = before.types.get(id);
    return type ? [[type.row.manager, type.row.name, undefined]] : [];
  });
  const taken = changes.flatMap(([, type]): PairChange<TypeSnapshot>[] =>
    type ? [[type.row.manager, type.row.name, type]] : [],
  );
  const byIdentity = before.byIdentity.with([...left, ...taken]);
  if (byIdentity.size === types.size && before.byIdentity.size === before.types.size) return byIdentity;
  // Someone gave two types one name by hand: the later one has it.
  const all = [...types.values()].sort((one, other) => compareText(one.row.id, other.row.id));
  return PersistentPairMap.empty<TypeSnapshot>().with(
    all.map((type) => [type.row.manager, type.row.name, type] as const),
  );
}

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
