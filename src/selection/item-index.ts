import { hashOfId } from "../definition/hash-text.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { PersistentIndex } from "./persistent-index.ts";

/** Items by id, immutable. */
export class ItemIndex {
  static readonly empty = new ItemIndex(PersistentIndex.empty<PluginItem>(({ id }) => hashOfId(id)));

  readonly #index: PersistentIndex<PluginItem>;

  private constructor(index: PersistentIndex<PluginItem>) {
    this.#index = index;
  }

  get size(): number {
    return this.#index.size;
  }

  get(id: string): PluginItem | undefined {
    return this.#index.find(hashOfId(id), (item) => item.id === id);
  }

  /** The index without some of its items, and with others. */
  with(leaving: ReadonlySet<PluginItem>, coming: readonly PluginItem[]): ItemIndex {
    return new ItemIndex(this.#index.with(leaving, coming));
  }

  [Symbol.iterator](): Generator<PluginItem> {
    return this.#index[Symbol.iterator]();
  }
}
