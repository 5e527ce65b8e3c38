import { checkStatus } from "../definition/status.ts";
import type { Findings } from "./findings.ts";
import { type ColumnName, fold, type ItemTable } from "./item-table.ts";
import type { ListQuery } from "./list-items.ts";

/** The places in the table of the items that a query matches, rising. */
export function filterItems(table: ItemTable, query: ListQuery, findings: Findings): Uint32Array {
  const { status, readiness, module, manager, type, retired = false } = query;
  if (status !== undefined) checkStatus("the query", status);
  let places: Uint32Array = retired === false ? table.inUse : table.places();
  const keep = (name: ColumnName, wanted: string | boolean | undefined): void => {
    if (wanted === undefined) return;
    const column = table.column(name);
    places = select(places, (place) => column[place] === wanted);
  };
  keep("manager", manager);
  keep("type", type);
  keep("module", module);
  keep("status", status);
  keep("retired", retired === true ? true : undefined);
  for (const word of fold(query.search ?? "").split(/\s+/)) {
    if (word === "") continue;
    const texts = table.column("text") as readonly string[];
    places = select(places, (place) => (texts[place] as string).includes(word));
  }
  if (readiness !== undefined) {
    const kindOf = findings.kinds(table);
    places = select(places, (place) => kindOf(place) === readiness);
  }
  return places;
}

/** The places that pass: several times as fast as `filter` of typed arrays. */
function select(places: Uint32Array, passes: (place: number) => boolean): Uint32Array {
  const found = new Uint32Array(places.length);
  let kept = 0;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] as number;
    if (passes(place)) {
      found[kept] = place;
      kept += 1;
    }
  }
  return found.subarray(0, kept);
}
