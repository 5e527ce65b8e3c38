import type { PluginIdentity } from "../../definition/identity.ts";
import type { RowChange } from "../change.ts";
import { RowFaults } from "../row-faults.ts";
import { RowReader } from "../row-reader.ts";
import { fromItemRow, fromTypeRow, type ItemRow, type Rows, type TypeRow } from "../rows.ts";
import { toItemRow, toTypeRow } from "../stored-rows.ts";
import { tableNames } from "../table-names.ts";

/** Types and items in memory, in the order in which they were made. Each is as a database would give it back. */
export class MemoryRows {
  readonly #types = new Map<string, TypeRow>();
  readonly #items = new Map<string, ItemRow>();
  readonly #reader: { readonly type: RowReader; readonly item: RowReader };

  constructor() {
    const tables = tableNames();
    const faults = new RowFaults(tables);
    this.#reader = { type: new RowReader(tables.type, faults), item: new RowReader(tables.item, faults) };
  }

  all(): Pick<Rows, "types" | "items"> {
    return { types: [...this.#types.values()], items: [...this.#items.values()] };
  }

  /** Those that changed after a revision. */
  since(revision: number): Pick<Rows, "types" | "items"> {
    const isLater = (row: TypeRow | ItemRow): boolean => row.revision > revision;
    return {
      types: [...this.#types.values()].filter(isLater),
      items: [...this.#items.values()].filter(isLater),
    };
  }

  items(ids: readonly string[]): ItemRow[] {
    return ids.map((id) => this.#items.get(id)).filter((item) => item !== undefined);
  }

  /** All items of one plugin, retired ones included. */
  itemsOf(typeId: string, { module, name }: PluginIdentity): ItemRow[] {
    return [...this.#items.values()].filter(
      (item) => item.typeId === typeId && item.module === module && item.name === name,
    );
  }

  apply(changes: readonly RowChange[]): void {
    for (const change of changes) {
      if (change.entity === "type") this.#applyType(change.before, change.after);
      else this.#applyItem(change.before, change.after);
    }
  }

  #applyType(before: TypeRow | null, after: TypeRow | null): void {
    if (after) this.#types.set(after.id, toTypeRow(fromTypeRow(after, ""), this.#reader.type));
    else if (before) this.#types.delete(before.id);
  }

  #applyItem(before: ItemRow | null, after: ItemRow | null): void {
    if (after) this.#items.set(after.id, toItemRow(fromItemRow(after, ""), this.#reader.item));
    else if (before) this.#items.delete(before.id);
  }
}
