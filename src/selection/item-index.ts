import type { PluginItem } from "../definition/plugin-item.ts";

/** How many items a bucket has on average, at most: what one change copies. */
const bucketSize = 128;

/** Its items at places that follow from their ids, and empty places between them. */
type Bucket = readonly (PluginItem | undefined)[];

/**
 * Items by id, immutable: `with` gives a changed index in a time that grows with the changes, as that of a
 * `PersistentMap` does. It takes a third of the memory, for it holds no keys.
 */
export class ItemIndex {
  static readonly empty = new ItemIndex([pack([])], 0);

  readonly size: number;
  /** A power of two of them. */
  readonly #buckets: readonly Bucket[];

  private constructor(buckets: readonly Bucket[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  get(id: string): PluginItem | undefined {
    const hash = hashOf(id);
    const bucket = this.#buckets[hash & (this.#buckets.length - 1)] as Bucket;
    const { length } = bucket;
    // There is an empty place in every bucket.
    for (let place = placeOf(hash, length); ; place = place + 1 === length ? 0 : place + 1) {
      const item = bucket[place];
      if (item === undefined || item.id === id) return item;
    }
  }

  /** The index with these items instead; `undefined` takes one out. A later change of an id wins. */
  with(changes: readonly (readonly [id: string, item: PluginItem | undefined])[]): ItemIndex {
    const buckets = this.#bucketsFor(this.size + changes.length);
    const copies = new Map<number, Map<string, PluginItem>>();
    let { size } = this;
    for (const [id, item] of changes) {
      const index = hashOf(id) & (buckets.length - 1);
      const copy = copies.get(index) ?? unpack(buckets[index] as Bucket);
      copies.set(index, copy);
      size -= copy.size;
      if (item === undefined) copy.delete(id);
      else copy.set(id, item);
      size += copy.size;
    }
    for (const [index, copy] of copies) buckets[index] = pack([...copy.values()]);
    return new ItemIndex(buckets, size);
  }

  *[Symbol.iterator](): Generator<PluginItem> {
    for (const bucket of this.#buckets) for (const item of bucket) if (item) yield item;
  }

  /** A copy of the list of buckets, with as many as so many items need. */
  #bucketsFor(size: number): Bucket[] {
    if (size <= bucketSize * this.#buckets.length) return [...this.#buckets];
    const count = 2 ** Math.ceil(Math.log2((2 * size) / bucketSize));
    const lists = Array.from({ length: count }, (): PluginItem[] => []);
    for (const item of this) lists[hashOf(item.id) & (count - 1)]?.push(item);
    return lists.map(pack);
  }
}

/** Two thirds of the places are taken. */
function pack(items: readonly PluginItem[]): Bucket {
  const length = Math.ceil(items.length * 1.5) + 1;
  const bucket = new Array<PluginItem | undefined>(length).fill(undefined);
  for (const item of items) {
    let place = placeOf(hashOf(item.id), length);
    while (bucket[place] !== undefined) place = place + 1 === length ? 0 : place + 1;
    bucket[place] = item;
  }
  return bucket;
}

function unpack(bucket: Bucket): Map<string, PluginItem> {
  const items = new Map<string, PluginItem>();
  for (const item of bucket) if (item) items.set(item.id, item);
  return items;
}

/** How much of its end an id is told by: ids differ there, and reading all of it takes longer than the look-up. */
const hashedLength = 6;

function hashOf(id: string): number {
  const { length } = id;
  let hash = length;
  for (let index = length < hashedLength ? 0 : length - hashedLength; index < length; index += 1) {
    hash = Math.imul(hash, 31) + id.charCodeAt(index);
  }
  hash = Math.imul(hash, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

/** Where an item of that hash stands in a bucket, or after which it does. */
const placeOf = (hash: number, length: number): number => (hash >>> 12) % length;
