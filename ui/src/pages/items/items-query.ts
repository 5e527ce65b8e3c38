import type { ItemsQuery } from "../../../../src/admin/contract/contract.ts";
import type { ShownItems } from "../../api/queries.ts";
import { checkedStatus } from "../../statuses.ts";
import { formatSorting, parseSorting } from "../../table/sorting.ts";
import type { UrlValues } from "../../url-state.ts";

/** What can be kept under a name: the filters and the order. */
export const savedItemsNames = [
  "search",
  "status",
  "readiness",
  "type",
  "manager",
  "module",
  "differsFromCode",
  "retired",
  "sort",
] as const;

/** What the address keeps of the list; `show=all` is one page of everything. */
export const itemsStateNames = [...savedItemsNames, "page", "show"] as const;

/** The columns that the server sorts by. */
export const sortableItemColumns = [
  "name",
  "module",
  "type",
  "manager",
  "status",
  "priority",
  "updatedAt",
] as const;

export type ItemsState = UrlValues<(typeof itemsStateNames)[number]>;

export type ItemsFilter = Omit<ItemsQuery, "sort" | "page" | "pageSize">;

export const differences = ["true", "false"] as const;
const retirements = ["true", "include"] as const;
export const readinesses = ["ready", "making", "failed", "missing", "cooling", "held", "idle"] as const;

/** The filters of an address; a value that an old or mistyped link has is left out. */
export function filterOf(state: ItemsState): ItemsFilter {
  const status = checkedStatus(state.status);
  const readiness = readinesses.find((known) => known === state.readiness);
  const differsFromCode = differences.find((known) => known === state.differsFromCode);
  const retired = retirements.find((known) => known === state.retired);
  return {
    ...(state.search === undefined ? {} : { search: state.search }),
    ...(status === undefined ? {} : { status }),
    ...(readiness === undefined ? {} : { readiness }),
    ...(state.type === undefined ? {} : { type: state.type }),
    ...(state.manager === undefined ? {} : { manager: state.manager }),
    ...(state.module === undefined ? {} : { module: state.module }),
    ...(differsFromCode === undefined ? {} : { differsFromCode }),
    ...(retired === undefined ? {} : { retired }),
  };
}

export function queryOf(state: ItemsState): ShownItems {
  const sort = formatSorting(parseSorting(state.sort, sortableItemColumns));
  const page = Math.max(1, Math.trunc(Number(state.page ?? 1)) || 1);
  return {
    ...filterOf(state),
    ...(sort === undefined ? {} : { sort }),
    ...(state.show === "all" ? { all: true } : page === 1 ? {} : { page }),
  };
}
