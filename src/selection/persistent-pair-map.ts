import { PersistentMap } from "./persistent-map.ts";

/** A value for a pair of keys; `undefined` takes the pair out. */
export type PairChange<V> = readonly [first: string, second: string, value: V | undefined];

/** A `PersistentMap` keyed by two strings, which are never joined into one. */
export class PersistentPairMap<V> {
  readonly size: number;
  readonly #outer: PersistentMap<PersistentMap<V>>;

  private constructor(outer: PersistentMap<PersistentMap<V>>, size: number) {
    this.#outer = outer;
    this.size = size;
  }

  static empty<V>(): PersistentPairMap<V> {
    return new PersistentPairMap<V>(PersistentMap.empty(), 0);
  }

  get(first: string, second: string): V | undefined {
    return this.#outer.get(first)?.get(second);
  }

  /** The map with these values instead. A later change of a pair wins. */
  with(changes: readonly PairChange<V>[]): PersistentPairMap<V> {
    const byFirst = new Map<string, [string, V | undefined][]>();
    for (const [first, second, value] of changes) {
      const group = byFirst.get(first);
      if (group) group.push([second, value]);
      else byFirst.set(first, [[second, value]]);
    }
    let { size } = this;
    const outer = Array.from(byFirst, ([first, group]) => {
      const before = this.#outer.get(first) ?? PersistentMap.empty<V>();
      const after = before.with(group);
      size += after.size - before.size;
      return [first, after.size === 0 ? undefined : after] as const;
    });
    return new PersistentPairMap(this.#outer.with(outer), size);
  }
}
