import type { PluginItem } from "../../definition/plugin-item.ts";
import { compareText } from "../../selection/order.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";

const texts = {
  type: (item: PluginItem) => item.type.name,
  manager: (item: PluginItem) => item.type.manager,
  module: (item: PluginItem) => item.module,
  name: (item: PluginItem) => item.name,
  label: (item: PluginItem) => item.label,
  status: (item: PluginItem) => item.status,
};

const numbers = {
  priority: (item: PluginItem) => item.priority,
  createdAt: (item: PluginItem) => instant(item.createdAt),
  updatedAt: (item: PluginItem) => instant(item.updatedAt),
};

type TextField = keyof typeof texts;
type NumberField = keyof typeof numbers;
/** The fields of an item that a list can be sorted by. */
export type SortField = TextField | NumberField;

export const sortFields = [...Object.keys(texts), ...Object.keys(numbers)] as readonly SortField[];

/** A time that was written by hand and is none comes first. */
const instant = (iso: string): number => Date.parse(iso) || 0;

/** The distinct texts of a field, and the place of each in their order. */
type Ranks = ReadonlyMap<string, number>;

interface TypeKeys {
  readonly keys: Float64Array;
  /** What the keys of a text field are places in. */
  readonly ranks?: Ranks;
}

/** Made once for each type, as long as that does not change. */
const made = new WeakMap<TypeSnapshot, Map<SortField, TypeKeys>>();

/**
 * For every item of the types, in their order, a number that compares as its field does: comparing texts,
 * scattered over memory, would take most of the time of sorting 100,000 items.
 */
export function sortKeys(types: readonly TypeSnapshot[], field: SortField): Float64Array {
  const parts =
    field in texts ? textKeys(types, field as TextField) : numberKeys(types, field as NumberField);
  const keys = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    keys.set(part, offset);
    offset += part.length;
  }
  return keys;
}

function numberKeys(types: readonly TypeSnapshot[], field: NumberField): readonly Float64Array[] {
  return types.map((type) => {
    const keys = madeOf(type).get(field)?.keys ?? Float64Array.from(type.items, numbers[field]);
    madeOf(type).set(field, { keys });
    return keys;
  });
}

/** By the ranks of last time, unless a text is new. */
function textKeys(types: readonly TypeSnapshot[], field: TextField): readonly Float64Array[] {
  for (const type of types) {
    const ranks = made.get(type)?.get(field)?.ranks;
    if (ranks === undefined) continue;
    const keys = encode(types, field, ranks);
    if (keys !== undefined) return keys;
    break;
  }
  return encode(types, field, rank(types, texts[field])) ?? [];
}

/** undefined when a text has no rank. */
function encode(
  types: readonly TypeSnapshot[],
  field: TextField,
  ranks: Ranks,
): readonly Float64Array[] | undefined {
  const parts: Float64Array[] = [];
  for (const type of types) {
    const known = madeOf(type).get(field);
    const keys =
      known?.ranks === ranks
        ? known.keys
        : Float64Array.from(type.items, (item) => ranks.get(texts[field](item)) ?? Number.NaN);
    if (keys !== known?.keys && keys.some(Number.isNaN)) return undefined;
    madeOf(type).set(field, { keys, ranks });
    parts.push(keys);
  }
  return parts;
}

function rank(types: readonly TypeSnapshot[], read: (item: PluginItem) => string): Ranks {
  const distinct = new Set<string>();
  for (const { items } of types) for (const item of items) distinct.add(read(item));
  return new Map([...distinct].sort(compareText).map((text, index) => [text, index]));
}

function madeOf(type: TypeSnapshot): Map<SortField, TypeKeys> {
  const known = made.get(type) ?? new Map<SortField, TypeKeys>();
  made.set(type, known);
  return known;
}
