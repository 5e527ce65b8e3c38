import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";
import { orderedTypes } from "./ordered-types.ts";
import { type SortField, sortKeys } from "./sort-keys.ts";

const readers = {
  type: (item: PluginItem) => item.type.name,
  manager: (item: PluginItem) => item.type.manager,
  module: (item: PluginItem) => item.module,
  status: (item: PluginItem) => item.status,
  retired: (item: PluginItem) => item.retiredAt !== null,
  /** What search words are looked for in. */
  text: ({ module, name, label, description, type }: PluginItem) =>
    fold([module, name, label, description, type.manager, type.name].join("\n")),
};

export type ColumnName = keyof typeof readers;
type Value = string | boolean;
export type Column = readonly Value[];

/** Upper and lower case, composed and decomposed letters made alike. */
export const fold = (text: string): string => text.normalize("NFC").toLowerCase();

/**
 * The items of a snapshot in a row, by manager and type, then in the order of selection; and on demand
 * their fields as columns. 100,000 items are scattered over more memory than a cache holds; a column lies
 * in one piece, and is made once for each type as long as that does not change.
 */
export class ItemTable {
  readonly types: readonly TypeSnapshot[];
  readonly items: readonly PluginItem[];
  readonly #columns = new Map<ColumnName, Column>();
  readonly #sortKeys = new Map<SortField, Float64Array>();
  #inUse: Uint32Array | undefined;

  private constructor(snapshot: Snapshot) {
    this.types = orderedTypes(snapshot);
    this.items = this.types.flatMap((type) => type.items);
  }

  /** The table of a snapshot; made once. */
  static of(snapshot: Snapshot): ItemTable {
    const table = tables.get(snapshot) ?? new ItemTable(snapshot);
    tables.set(snapshot, table);
    return table;
  }

  column(name: ColumnName): Column {
    const column = this.#columns.get(name) ?? this.types.flatMap((type) => columnOf(type, name));
    this.#columns.set(name, column);
    return column;
  }

  /** The places of the items that are not retired, rising: what a list begins with, unless it is asked for others. */
  get inUse(): Uint32Array {
    const retired = this.column("retired");
    this.#inUse ??= this.places().filter((place) => retired[place] === false);
    return this.#inUse;
  }

  /** The places of all items, rising. */
  places(): Uint32Array {
    const places = new Uint32Array(this.items.length);
    for (let place = 0; place < places.length; place += 1) places[place] = place;
    return places;
  }

  /** For every item a number that compares as its field does. */
  sortKeys(field: SortField): Float64Array {
    const keys = this.#sortKeys.get(field) ?? sortKeys(this.types, field);
    this.#sortKeys.set(field, keys);
    return keys;
  }
}

const tables = new WeakMap<Snapshot, ItemTable>();
const columns = new WeakMap<TypeSnapshot, Map<ColumnName, Column>>();

function columnOf(type: TypeSnapshot, name: ColumnName): Column {
  const known = columns.get(type) ?? new Map<ColumnName, Column>();
  columns.set(type, known);
  const read: (item: PluginItem) => Value = readers[name];
  const column = known.get(name) ?? type.items.map(read);
  known.set(name, column);
  return column;
}
