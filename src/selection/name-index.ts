import { hashText } from "../definition/hash-text.ts";
import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { PersistentIndex } from "./persistent-index.ts";

/** What an item of a type goes by. */
export type ItemNames = PluginIdentity & { readonly label: string };

const hashOf = (type: TypeIdentity, { module, name, label }: ItemNames): number =>
  hashText(label, hashText(module, hashText(name, hashText(type.manager, hashText(type.name)))));

/** Items by their names, immutable. */
export class NameIndex {
  static readonly empty = new NameIndex(PersistentIndex.empty((item) => hashOf(item.type, item)));

  readonly #index: PersistentIndex<PluginItem>;

  private constructor(index: PersistentIndex<PluginItem>) {
    this.#index = index;
  }

  /** The items that go by these names: one, unless someone wrote two of them by hand. */
  get(type: TypeIdentity, names: ItemNames): PluginItem[] {
    return this.#index.findAll(
      hashOf(type, names),
      (item) =>
        item.name === names.name &&
        item.module === names.module &&
        item.label === names.label &&
        item.type.name === type.name &&
        item.type.manager === type.manager,
    );
  }

  /** The index without some of its items, and with others. */
  with(leaving: ReadonlySet<PluginItem>, coming: readonly PluginItem[]): NameIndex {
    return new NameIndex(this.#index.with(leaving, coming));
  }
}
