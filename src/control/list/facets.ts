import type { TypeIdentity } from "../../definition/identity.ts";
import { compareText } from "../../selection/order.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";
import { orderedTypes } from "./ordered-types.ts";

/** What a list of items can be filtered by. */
export interface Facets {
  /** The plugin types, by manager and name. */
  readonly types: readonly TypeIdentity[];
  /** The modules that have items, in alphabetical order. */
  readonly modules: readonly string[];
  /** The managers that have types, in alphabetical order. */
  readonly managers: readonly string[];
}

/** Gathered once for a snapshot, and a type's modules once as long as it does not change. */
const gathered = new WeakMap<Snapshot, Facets>();
const modules = new WeakMap<TypeSnapshot, readonly string[]>();

export function facetsOf(snapshot: Snapshot): Facets {
  const known = gathered.get(snapshot);
  if (known) return known;
  const types = orderedTypes(snapshot).filter(({ row, items }) => row.retiredAt === null || items.length > 0);
  const facets = {
    types: types.map(({ row: { manager, name } }) => ({ manager, name })),
    modules: distinct(types.flatMap(modulesOf)),
    managers: distinct(types.map(({ row }) => row.manager)),
  };
  gathered.set(snapshot, facets);
  return facets;
}

function modulesOf(type: TypeSnapshot): readonly string[] {
  const known = modules.get(type) ?? [...new Set(type.items.map((item) => item.module))];
  modules.set(type, known);
  return known;
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compareText);
