import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { ItemIndex } from "./item-index.ts";
import { type ItemNames, NameIndex } from "./name-index.ts";
import { compareItems } from "./order.ts";
import { PersistentMap } from "./persistent-map.ts";
import { isIn, mergeSorted } from "./sorted-items.ts";
import { TypeIndex } from "./type-index.ts";

/** A plugin type and all of its items. */
export interface TypeSnapshot {
  readonly row: TypeRow;
  /** In selection order: active, reserve, disabled, and at the end those that are retired. */
  readonly items: readonly PluginItem[];
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
  readonly byIdentity: TypeIndex<TypeSnapshot>;
  /** All items by id. */
  readonly items: ItemIndex;
  /** All items by name. */
  readonly names: NameIndex;

  constructor({ revision, revisionId, origin, types, byIdentity, items, names }: Omit<Snapshot, "item">) {
    this.revision = revision;
    this.revisionId = revisionId;
    this.origin = origin;
    this.types = types;
    this.byIdentity = byIdentity;
    this.items = items;
    this.names = names;
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
  byIdentity: TypeIndex.empty(),
  items: ItemIndex.empty,
  names: NameIndex.empty,
});

/** Rows, and the very strings that the code has for what they say: each of many items would hold a copy of them. */
export interface RowsInWords extends Rows {
  readonly wordsOf?: (type: TypeIdentity, row: ItemRow) => Words | undefined;
}

type Words = Pick<PluginItem, "module" | "name" | "description">;

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
export function succeed(before: Snapshot, rows: RowsInWords): Successor {
  const purgedTypes = new Set(rows.purged.filter((id) => before.types.has(id)));
  const changes = gather(before, rows, purgedTypes);
  const types = new Map<string, TypeSnapshot | undefined>();
  const leavingTypes = new Set<TypeSnapshot>();
  const comingTypes: TypeSnapshot[] = [];
  const leaving = new Set<PluginItem>();
  const changedItems: PluginItem[] = [];
  const changedTypes = new Set<string>();
  for (const id of purgedTypes) {
    const type = before.types.get(id) as TypeSnapshot;
    types.set(id, undefined);
    leavingTypes.add(type);
    for (const item of type.items) leaving.add(item);
  }
  for (const [id, change] of changes) {
    const row = change.row ?? change.type?.row;
    // An item whose type row is not known: the type was purged, and its items with it.
    if (row === undefined) continue;
    const { after, left, coming } = mergeType(change, row, rows.wordsOf);
    types.set(id, after);
    changedTypes.add(id);
    if (change.type) leavingTypes.add(change.type);
    comingTypes.push(after);
    for (const item of left) leaving.add(item);
    for (const item of coming) changedItems.push(item);
  }
  const { revision, revisionId, origin } = rows;
  const snapshot = new Snapshot({
    revision,
    revisionId,
    origin,
    types: before.types.with(types),
    byIdentity: before.byIdentity.with(leavingTypes, comingTypes),
    items: before.items.with(leaving, changedItems),
    names: before.names.with(leaving, changedItems),
  });
  const goneItems: string[] = [];
  for (const { id } of leaving) if (!snapshot.item(id)) goneItems.push(id);
  return { snapshot, changedTypes, purgedTypes, changedItems, goneItems };
}

/** The items of a type that go by these names: one, unless someone wrote two of them by hand. */
export const itemsNamed = (snapshot: Snapshot, type: TypeSnapshot, names: ItemNames): PluginItem[] =>
  // Someone may have given two types one name by hand.
  snapshot.names.get(type.row, names).filter((item) => isIn(type.items, item, compareItems));

interface TypeChange {
  readonly type: TypeSnapshot | undefined;
  row: TypeRow | undefined;
  /** Items that leave the type, or come to it as others. */
  readonly leaving: PluginItem[];
  readonly coming: ItemRow[];
}

/** What changes in which types, but for those that are gone. */
function gather(before: Snapshot, rows: Rows, purgedTypes: ReadonlySet<string>): Map<string, TypeChange> {
  const changes = new Map<string, TypeChange>();
  const of = (typeId: string): TypeChange => {
    const known = changes.get(typeId);
    if (known) return known;
    const change = { type: before.types.get(typeId), row: undefined, leaving: [], coming: [] };
    changes.set(typeId, change);
    return change;
  };
  const leave = (id: string): void => {
    const item = before.item(id);
    const type = item && before.types.get(item.typeId);
    if (type && !purgedTypes.has(type.row.id)) of(type.row.id).leaving.push(item);
  };
  for (const row of rows.types) if (!purgedTypes.has(row.id)) of(row.id).row = row;
  for (const id of rows.purged) leave(id);
  for (const row of rows.items) {
    leave(row.id);
    if (!purgedTypes.has(row.typeId)) of(row.typeId).coming.push(row);
  }
  return changes;
}

/** A type after its changes, the items that left it, and those that are not as they were. */
function mergeType(
  { type, leaving, coming: rows }: TypeChange,
  row: TypeRow,
  wordsOf: RowsInWords["wordsOf"],
): { readonly after: TypeSnapshot; readonly left: ReadonlySet<PluginItem>; readonly coming: PluginItem[] } {
  const { items = [] } = type ?? {};
  const isRenamed = type !== undefined && (type.row.manager !== row.manager || type.row.name !== row.name);
  const fresh: TypeIdentity = Object.freeze({ manager: row.manager, name: row.name });
  // The identity object is shared by the items of a type: with 100,000 items that is what they weigh.
  const identity = isRenamed ? fresh : (items[0]?.type ?? fresh);
  const coming = rows.map((item) => toItem(item, identity, wordsOf?.(identity, item), row.id));
  let left = new Set(leaving);
  if (isRenamed) {
    for (const item of items) if (!left.has(item)) coming.push(Object.freeze({ ...item, type: identity }));
    left = new Set(items);
  }
  return { after: { row, items: mergeSorted(items, left, coming, compareItems) }, left, coming };
}

/** `typeId` is the row's: the same text for all items of a type, for there may be 100,000. */
export function toItem(
  row: ItemRow,
  type: TypeIdentity,
  words: Words = row,
  typeId: string = row.typeId,
): PluginItem {
  const { id, label, aliases, status, priority, config, configVersion } = row;
  const { module, name } = words;
  const description = row.description === words.description ? words.description : row.description;
  const { managed, hold, lead, version, revision, retiredAt, retiredBy, createdAt, updatedAt } = row;
  const item = {
    id,
    type,
    typeId,
    module,
    name,
    label,
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
  };
  // Few items are held, lead or have other names, and a field of all of them is a megabyte for 100,000.
  if (hold === null && lead === null && aliases === undefined) return Object.freeze(item);
  return Object.freeze({
    ...item,
    ...(aliases !== undefined && { aliases }),
    ...(hold !== null && { hold }),
    ...(lead !== null && { lead }),
  });
}
