import { checkStatus } from "../../definition/check-status.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { Findings } from "./findings.ts";
import { type ColumnName, fold, type ItemTable } from "./item-table.ts";
import type { ListQuery } from "./list-query.ts";

const longestSearch = 500;
const mostWords = 20;

/** The places in the table of the items that a query matches, rising. @throws InvalidOptionError, InvalidStatusError */
export function filterItems(table: ItemTable, query: ListQuery, findings: Findings): Uint32Array {
  const { status, readiness, module, manager, type, differsFromCode, retired = false } = query;
  if (status !== undefined) checkStatus("the query", status);
  let places: Uint32Array = retired === false ? table.inUse : table.places();
  let into: Uint32Array | undefined;
  const narrow = (passes: (place: number) => boolean): void => {
    // The places that one filter left make room for those that the next one leaves.
    into ??= new Uint32Array(places.length);
    places = select(places, passes, into);
  };
  const keep = (name: ColumnName, wanted: string | boolean | undefined): void => {
    if (wanted === undefined) return;
    const column = table.column(name);
    narrow((place) => column[place] === wanted);
  };
  keep("manager", manager);
  keep("type", type);
  keep("module", module);
  keep("status", status);
  keep("retired", retired === true ? true : undefined);
  for (const word of searchWords(query.search)) {
    const texts = table.column("text") as readonly string[];
    narrow((place) => (texts[place] as string).includes(word));
  }
  if (readiness !== undefined) {
    narrow(findings.found(table, readiness));
  }
  if (differsFromCode !== undefined) {
    const differs = findings.differs(table);
    narrow((place) => differs(place) === differsFromCode);
  }
  return places;
}

/** Each word is looked for in the text of every item that has those before. @throws InvalidOptionError */
function searchWords(search = ""): string[] {
  const words = search.length > longestSearch ? [] : fold(search).split(/\s+/).filter(Boolean);
  if (search.length <= longestSearch && words.length <= mostWords) return words;
  const problem = `it has up to ${mostWords} words, and ${longestSearch} characters`;
  throw new InvalidOptionError("search", search.slice(0, longestSearch), problem);
}

/** The places that pass, written to the start of `into`: several times as fast as `filter` of typed arrays. */
function select(places: Uint32Array, passes: (place: number) => boolean, into: Uint32Array): Uint32Array {
  let kept = 0;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] as number;
    if (passes(place)) {
      into[kept] = place;
      kept += 1;
    }
  }
  return into.subarray(0, kept);
}
