import { InvalidOptionError } from "../../definition/errors.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Readiness } from "../../selection/readiness.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { filterItems } from "./filter-items.ts";
import type { Findings } from "./findings.ts";
import { ItemTable } from "./item-table.ts";
import type { ItemPage, ListQuery } from "./list-query.ts";
import { sortedRange } from "./sort-items.ts";

/** What a list is made of. */
interface Source {
  readonly snapshot: Snapshot;
  readonly findings: Findings;
  readonly readiness: (item: PluginItem) => Readiness;
}

/** Answers a list query from a snapshot. */
export function listItems({ snapshot, findings, readiness }: Source, query: ListQuery): ItemPage {
  const { page, pageSize } = checkPaging(query);
  const table = ItemTable.of(snapshot);
  const matches = filterItems(table, query, findings);
  const start = page === 1 ? 0 : (page - 1) * pageSize;
  const shown = sortedRange(table, matches, query.sort ?? [], start, start + pageSize);
  return {
    items: Array.from(shown, (place) => {
      const item = table.items[place] as PluginItem;
      return { ...item, readiness: readiness(item) };
    }),
    total: matches.length,
    page,
    pages: Math.max(1, Math.ceil(matches.length / pageSize)),
    pageSize: pageSize === Number.POSITIVE_INFINITY ? matches.length : pageSize,
  };
}

function checkPaging({ page = 1, pageSize = 100 }: ListQuery): { page: number; pageSize: number } {
  if (!Number.isInteger(page) || page < 1)
    throw new InvalidOptionError("page", page, "it is an integer from 1");
  if (pageSize === Number.POSITIVE_INFINITY) return { page: 1, pageSize };
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new InvalidOptionError("pageSize", pageSize, "it is an integer from 1, or Infinity");
  }
  return { page, pageSize };
}
