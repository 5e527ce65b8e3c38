import { InvalidOptionError } from "../../definition/errors.ts";
import type { ItemTable } from "./item-table.ts";
import { selectRange } from "./select-range.ts";
import { sortFields } from "./sort-keys.ts";

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
    return { field, values: table.sortKeys(field), sign: key.startsWith("-") ? -1 : 1 };
  });
  if (new Set(keys.map(({ field }) => field)).size < keys.length)
    throw new InvalidOptionError("sort", sort.join().slice(0, 200), "each field can appear only once");
  if (keys.length === 0) return places.subarray(start, end);
  return selectRange(places.slice(), start, end, (one, other) => {
    for (let index = 0; index < keys.length; index += 1) {
      const { values, sign } = keys[index] as (typeof keys)[number];
      const difference = (values[one] as number) - (values[other] as number);
      if (difference !== 0) return difference * sign;
    }
    return one - other;
  });
}
