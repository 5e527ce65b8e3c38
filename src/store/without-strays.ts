import type { RowFaults } from "./row-faults.ts";
import type { Rows } from "./rows.ts";
import type { TableNames } from "./table-names.ts";

/** All rows of a namespace but the items whose type is not among them, which only a hand without foreign keys makes. */
export function withoutStrays(rows: Rows, tables: TableNames, faults: RowFaults): Rows {
  const types = new Set(rows.types.map(({ id }) => id));
  const items = rows.items.filter(({ typeId }) => types.has(typeId));
  faults.keepOnly(tables.type, types);
  faults.keepOnly(
    tables.item,
    rows.items.map(({ id }) => id),
  );
  const strays =
    items.length === rows.items.length ? [] : rows.items.filter(({ typeId }) => !types.has(typeId));
  faults.keepOnly(
    tables.item,
    strays.map(({ id }) => id),
    "stray",
  );
  for (const { id, typeId } of strays) {
    const fault = {
      ...{ table: tables.item, id, column: "type_id", isGrave: true },
      problem: `"${typeId}" is the id of no row of ${tables.type}`,
      effect: "the item is left out",
      fix: "set it to the id of the item's type, or delete the row",
    };
    faults.note(tables.item, id, [fault], "stray");
  }
  return strays.length === 0 ? rows : { ...rows, items };
}
