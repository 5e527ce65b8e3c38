/** How many entries a bucket has on average, at most: what one change copies. */
const bucketSize = 128;

/**
 * An immutable map by id. `with` gives a changed map in a time that grows with the changes and hardly with the size:
 * the two share all buckets that have no change. A small map keeps the order in which keys were added; a large one
 * has no particular order.
 */
export class PersistentMap<V> {
  readonly size: number;
  /** A power of two of them. */
  readonly #buckets: readonly Map<string, V>[];

  private constructor(buckets: readonly Map<string, V>[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>([new Map()], 0);
  }

  get(key: string): V | undefined {
    return this.#buckets[bucketOf(key, this.#buckets.length)]?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** The map with these values instead; `undefined` takes a key out. */
  with(changes: ReadonlyMap<string, V | undefined>): PersistentMap<V> {
    if (changes.size === 0) return this;
    const isFull = this.size + changes.size > bucketSize * this.#buckets.length;
    const buckets = isFull ? this.#moreBuckets(this.size + changes.size) : [...this.#buckets];
    const copied = new Set<Map<string, V>>(isFull ? buckets : []);
    let { size } = this;
    for (const [key, value] of changes) {
      const index = bucketOf(key, buckets.length);
      let bucket = buckets[index] as Map<string, V>;
      if (!copied.has(bucket)) {
        bucket = new Map(bucket);
        copied.add(bucket);
        buckets[index] = bucket;
      }
      size -= bucket.size;
      if (value === undefined) bucket.delete(key);
      else bucket.set(key, value);
      size += bucket.size;
    }
    return new PersistentMap(buckets, size);
  }

  *entries(): MapIterator<[string, V]> {
    for (const bucket of this.#buckets) yield* bucket;
  }

  *keys(): MapIterator<string> {
    for (const bucket of this.#buckets) yield* bucket.keys();
  }

  *values(): MapIterator<V> {
    for (const bucket of this.#buckets) yield* bucket.values();
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  /** Buckets of their own for all values, as many as so many entries need. */
  #moreBuckets(size: number): Map<string, V>[] {
    const count = 2 ** Math.ceil(Math.log2((2 * size) / bucketSize));
    const buckets = Array.from({ length: count }, () => new Map<string, V>());
    for (const [key, value] of this) buckets[bucketOf(key, count)]?.set(key, value);
    return buckets;
  }
}

/** How much of its end a key is told by: ids differ there, and reading all of it takes longer than the look-up. */
const hashedLength = 4;

function bucketOf(key: string, count: number): number {
  if (count === 1) return 0;
  const { length } = key;
  let hash = length;
  for (let index = length < hashedLength ? 0 : length - hashedLength; index < length; index += 1) {
    hash = Math.imul(hash, 31) + key.charCodeAt(index);
  }
  return hash & (count - 1);
}
