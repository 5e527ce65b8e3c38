/** How many values a bucket has on average, at most: what one change copies. */
const bucketSize = 128;

/** The number of places for one that is taken. */
const spread = 4 / 3;

/** Its values at places that follow from their hashes, and empty places between them. */
type Bucket<V> = readonly (V | undefined)[];

/**
 * Values that are found by a hash of something they hold, such as their id. Immutable: `with` gives a changed index in
 * a time that grows with the changes and hardly with the size, for the two share all buckets that have no change. It
 * holds no keys, so it takes a third of the memory of a map.
 */
export class PersistentIndex<V extends object> {
  readonly size: number;
  readonly #hashOf: (value: V) => number;
  /** A power of two of them. */
  readonly #buckets: readonly Bucket<V>[];

  private constructor(hashOf: (value: V) => number, buckets: readonly Bucket<V>[], size: number) {
    this.#hashOf = hashOf;
    this.#buckets = buckets;
    this.size = size;
  }

  static empty<V extends object>(hashOf: (value: V) => number): PersistentIndex<V> {
    return new PersistentIndex(hashOf, [emptyBucket<V>(0)], 0);
  }

  /** A value of that hash that `is` says yes to. */
  find(hash: number, is: (value: V) => boolean): V | undefined {
    const bucket = this.#buckets[hash & (this.#buckets.length - 1)] as Bucket<V>;
    const { length } = bucket;
    // There is an empty place in every bucket.
    for (let place = placeOf(hash, length); ; place = place + 1 === length ? 0 : place + 1) {
      const value = bucket[place];
      if (value === undefined || is(value)) return value;
    }
  }

  /** All values of that hash that `is` says yes to. */
  findAll(hash: number, is: (value: V) => boolean): V[] {
    const found: V[] = [];
    this.find(hash, (value) => {
      if (is(value)) found.push(value);
      return false;
    });
    return found;
  }

  /** The index without some of its values, and with others. */
  with(leaving: ReadonlySet<V>, coming: readonly V[]): PersistentIndex<V> {
    const changes = leaving.size + coming.length;
    if (changes === 0) return this;
    const size = this.size + coming.length - leaving.size;
    const isFull = size > bucketSize * this.#buckets.length;
    const buckets =
      isFull || changes > this.size / 2
        ? this.#rebuilt(leaving, coming, size)
        : this.#edited(leaving, coming);
    return new PersistentIndex(this.#hashOf, buckets, size);
  }

  *[Symbol.iterator](): Generator<V> {
    for (const bucket of this.#buckets) for (const value of bucket) if (value) yield value;
  }

  /** The buckets, with other ones for those that have a change. */
  #edited(leaving: ReadonlySet<V>, coming: readonly V[]): Bucket<V>[] {
    const buckets = [...this.#buckets];
    const edits = new Map<number, Edit<V>>();
    const editAt = (value: V): Edit<V> => {
      const index = this.#hashOf(value) & (buckets.length - 1);
      const known = edits.get(index);
      if (known) return known;
      const edit = { leaving: [], coming: [] };
      edits.set(index, edit);
      return edit;
    };
    for (const value of leaving) editAt(value).leaving.push(value);
    for (const value of coming) editAt(value).coming.push(value);
    for (const [index, edit] of edits) {
      const bucket = buckets[index] as Bucket<V>;
      buckets[index] = replaced(bucket, edit, this.#hashOf) ?? refilled(bucket, edit, this.#hashOf);
    }
    return buckets;
  }

  /** New buckets for all values, as many as so many values need. */
  #rebuilt(leaving: ReadonlySet<V>, coming: readonly V[], size: number): Bucket<V>[] {
    const values = [...coming];
    for (const value of this) if (!leaving.has(value)) values.push(value);
    const count = size <= bucketSize ? 1 : 2 ** Math.ceil(Math.log2((2 * size) / bucketSize));
    const hashes = new Int32Array(values.length);
    const sizes = new Array<number>(count).fill(0);
    for (let index = 0; index < values.length; index += 1) {
      const hash = this.#hashOf(values[index] as V);
      hashes[index] = hash;
      sizes[hash & (count - 1)] = (sizes[hash & (count - 1)] as number) + 1;
    }
    const buckets = sizes.map((bucketSize) => emptyBucket<V>(bucketSize));
    for (let index = 0; index < values.length; index += 1) {
      const hash = hashes[index] as number;
      put(buckets[hash & (count - 1)] as (V | undefined)[], values[index] as V, hash);
    }
    return buckets;
  }
}

/** What changes in a bucket. */
interface Edit<V> {
  readonly leaving: V[];
  readonly coming: V[];
}

/** The bucket where each value that comes has the hash, and so the place, of one that leaves: the usual change. */
function replaced<V>(
  bucket: Bucket<V>,
  { leaving, coming }: Edit<V>,
  hashOf: (value: V) => number,
): Bucket<V> | undefined {
  if (leaving.length !== coming.length) return undefined;
  const copy = [...bucket];
  for (const [index, former] of leaving.entries()) {
    const value = coming[index] as V;
    if (hashOf(former) !== hashOf(value)) return undefined;
    copy[copy.indexOf(former)] = value;
  }
  return copy;
}

/** The bucket made anew. */
function refilled<V>(
  bucket: Bucket<V>,
  { leaving, coming }: Edit<V>,
  hashOf: (value: V) => number,
): Bucket<V> {
  const left = new Set(leaving);
  const values = [...coming];
  for (const value of bucket) if (value !== undefined && !left.has(value)) values.push(value);
  const refilled = emptyBucket<V>(values.length);
  for (const value of values) put(refilled, value, hashOf(value));
  return refilled;
}

const emptyBucket = <V>(size: number): (V | undefined)[] =>
  new Array<V | undefined>(Math.ceil(size * spread) + 1).fill(undefined);

function put<V>(bucket: (V | undefined)[], value: V, hash: number): void {
  const { length } = bucket;
  let place = placeOf(hash, length);
  while (bucket[place] !== undefined) place = place + 1 === length ? 0 : place + 1;
  bucket[place] = value;
}

/** Where a value of that hash stands in a bucket, or after which it does. */
const placeOf = (hash: number, length: number): number => (hash >>> 12) % length;
