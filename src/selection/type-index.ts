import { hashText } from "../definition/hash-text.ts";
import type { TypeRow } from "../store/rows.ts";
import { PersistentIndex } from "./persistent-index.ts";

/** What has the row of a type. */
interface WithRow {
  readonly row: TypeRow;
}

const hashOf = (manager: string, name: string): number => hashText(manager, hashText(name));

/** Types by manager and name, immutable. */
export class TypeIndex<Type extends WithRow> {
  readonly #index: PersistentIndex<Type>;

  private constructor(index: PersistentIndex<Type>) {
    this.#index = index;
  }

  static empty<Type extends WithRow>(): TypeIndex<Type> {
    return new TypeIndex(PersistentIndex.empty<Type>(({ row }) => hashOf(row.manager, row.name)));
  }

  /** The type of that identity: the one that was made last, where someone gave it to two of them by hand. */
  get(manager: string, name: string): Type | undefined {
    let last: Type | undefined;
    for (const type of this.getAll(manager, name)) if (!last || last.row.id < type.row.id) last = type;
    return last;
  }

  /** The types of that identity: one, unless someone gave it to two of them by hand. */
  getAll(manager: string, name: string): Type[] {
    return this.#index.findAll(
      hashOf(manager, name),
      ({ row }) => row.name === name && row.manager === manager,
    );
  }

  /** The index without some of its types, and with others. */
  with(leaving: ReadonlySet<Type>, coming: readonly Type[]): TypeIndex<Type> {
    return new TypeIndex(this.#index.with(leaving, coming));
  }
}
