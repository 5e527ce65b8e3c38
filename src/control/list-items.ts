import { InvalidOptionError } from "../definition/errors.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import type { Readiness } from "../selection/readiness.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import { filterItems } from "./filter-items.ts";
import type { Findings } from "./findings.ts";
import { ItemTable } from "./item-table.ts";
import { sortedRange } from "./sort-items.ts";
import type { SortField } from "./sort-keys.ts";

export interface ListQuery {
  /** Words that must all occur, in any case, in the item's names, label, description or type. */
  readonly search?: string;
  readonly status?: Status;
  readonly readiness?: Readiness["kind"];
  /** The name of the plugin type. */
  readonly type?: string;
  readonly manager?: string;
  readonly module?: string;
  /** `false` (default) leaves retired items out, `true` lists only them, `"include"` lists both. */
  readonly retired?: boolean | "include";
  /** Fields, most significant first; `-` in front sorts downwards. Default: by type, then in selection order. */
  readonly sort?: readonly (SortField | `-${SortField}`)[];
  /** From 1. Default 1. */
  readonly page?: number;
  /** Items a page. Default 100; `Infinity` lists all. */
  readonly pageSize?: number;
}

/** An item with what this process found about it. */
export interface ListedItem extends PluginItem {
  readonly readiness: Readiness;
}

export interface ItemPage {
  readonly items: readonly ListedItem[];
  /** How many items the query matches on all pages. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly pageSize: number;
}

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
