import { InvalidOptionError } from "../errors.ts";
import type { ItemTable } from "./item-table.ts";
import { selectRange } from "./select-range.ts";

const sortFields = [
  "type",
  "manager",
  "module",
  "name",
  "label",
  "status",
  "priority",
  "createdAt",
  "updatedAt",
] as const;

export type SortField = (typeof sortFields)[number];

/**
 * The places from `start` to `end` when they are sorted by the fields, `-` in front meaning downwards.
 * Equal ones stay in the order of the table: so the order is total, and pages never overlap.
 *
 * @throws InvalidOptionError for a field that items cannot be sorted by
 */
export function sortedRange(
  table: ItemTable,
  places: Uint32Array,
  sort: readonly string[],
  start: number,
  end: number,
): Uint32Array {
  const keys = sort.map((key) => {
    const field = sortFields.find((name) => name === key.replace(/^-/, ""));
    if (field === undefined)
      throw new InvalidOptionError("sort", key, `its fields are ${sortFields.join(", ")}`);
    return { column: table.column(field), sign: key.startsWith("-") ? -1 : 1 };
  });
  if (keys.length === 0) return places.subarray(start, end);
  return selectRange(places, start, end, (one, other) => {
    for (let index = 0; index < keys.length; index += 1) {
      const { column, sign } = keys[index] as (typeof keys)[number];
      const left = column[one] as string | number;
      const right = column[other] as string | number;
      if (left !== right) return left < right ? -sign : sign;
    }
    return one - other;
  });
}
