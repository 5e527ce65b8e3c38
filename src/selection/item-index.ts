import { hashText } from "../definition/hash-text.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { PersistentIndex } from "./persistent-index.ts";

/** How much of its end an id is told by: ids differ there, and reading all of it takes longer than the look-up. */
const hashedLength = 6;

const hashOf = (id: string): number => hashText(id, 0, Math.max(0, id.length - hashedLength));

/** Items by id, immutable. */
export class ItemIndex {
  static readonly empty = new ItemIndex(PersistentIndex.empty<PluginItem>(({ id }) => hashOf(id)));

  readonly #index: PersistentIndex<PluginItem>;

  private constructor(index: PersistentIndex<PluginItem>) {
    this.#index = index;
  }

  get size(): number {
    return this.#index.size;
  }

  get(id: string): PluginItem | undefined {
    return this.#index.find(hashOf(id), (item) => item.id === id);
  }

  /** The index without some of its items, and with others. */
  with(leaving: ReadonlySet<PluginItem>, coming: readonly PluginItem[]): ItemIndex {
    return new ItemIndex(this.#index.with(leaving, coming));
  }

  [Symbol.iterator](): Generator<PluginItem> {
    return this.#index[Symbol.iterator]();
  }
}
