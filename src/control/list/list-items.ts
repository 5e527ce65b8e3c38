import { InvalidOptionError } from "../../definition/errors.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Readiness } from "../../selection/readiness.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { filterItems } from "./filter-items.ts";
import type { Findings } from "./findings.ts";
import { ItemTable } from "./item-table.ts";
import type { ItemPage, ItemQuery, ListQuery } from "./list-query.ts";
import { sortedRange } from "./sort-items.ts";

/** What a list is made of. */
interface Source {
  readonly snapshot: Snapshot;
  readonly findings: Findings;
  readonly readiness: (item: PluginItem) => Readiness;
}

/** How many items a page has at most: a page is made without a pause, and may be sent to somebody. */
const largestPage = 1_000;

/** Answers a list query from a snapshot. */
export function listItems({ snapshot, findings, readiness }: Source, query: ListQuery): ItemPage {
  const { page, pageSize } = checkPaging(query);
  const table = ItemTable.of(snapshot);
  const matches = filterItems(table, query, findings);
  const start = (page - 1) * pageSize;
  const shown = sortedRange(table, matches, query.sort ?? [], start, start + pageSize);
  return {
    items: Array.from(shown, (place) => {
      const item = table.items[place] as PluginItem;
      return { ...item, readiness: readiness(item), differsFromCode: findings.differences(item) };
    }),
    total: matches.length,
    page,
    pages: Math.max(1, Math.ceil(matches.length / pageSize)),
    pageSize,
  };
}

/** The ids of all items that a query matches. */
export function findIds(
  { snapshot, findings }: Pick<Source, "snapshot" | "findings">,
  query: ItemQuery,
): string[] {
  const table = ItemTable.of(snapshot);
  return Array.from(filterItems(table, query, findings), (place) => (table.items[place] as PluginItem).id);
}

function checkPaging({ page = 1, pageSize = 100 }: ListQuery): { page: number; pageSize: number } {
  if (!Number.isInteger(page) || page < 1)
    throw new InvalidOptionError("page", page, "it is an integer from 1");
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > largestPage) {
    throw new InvalidOptionError("pageSize", pageSize, `it is an integer from 1 to ${largestPage}`);
  }
  return { page, pageSize };
}
