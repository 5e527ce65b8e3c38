import type { OptionNames } from "../../definition/known-options.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import type { Readiness } from "../../selection/readiness.ts";
import type { CodeField } from "./code-differences.ts";
import type { SortField } from "./sort-keys.ts";

/** Which items are listed, and how. All conditions must hold. */
export interface ListQuery {
  /** At most 500 characters: up to 20 words that must all occur, in any case, in the item's names, label, description or type. */
  readonly search?: string | undefined;
  /** What the operator wants of the item. */
  readonly status?: Status | undefined;
  /** What this process found about the item. */
  readonly readiness?: Readiness["kind"] | undefined;
  /** The name of the plugin type. */
  readonly type?: string | undefined;
  /** The manager of the plugin type. */
  readonly manager?: string | undefined;
  /** The module that provides the plugin. */
  readonly module?: string | undefined;
  /**
   * `true` lists the items whose status, priority or description is not what the code of this process says, `false` those
   * in which all three are. An item whose plugin this process does not have differs in nothing. Default: both.
   */
  readonly differsFromCode?: boolean | undefined;
  /** `false` (default) leaves retired items out, `true` lists only them, `"include"` lists both. */
  readonly retired?: boolean | "include" | undefined;
  /** Fields, each once, most significant first; `-` in front sorts downwards. Default: by type, then in selection order. */
  readonly sort?: readonly (SortField | `-${SortField}`)[] | undefined;
  /** From 1. Default 1. */
  readonly page?: number | undefined;
  /** Items a page, at most 1,000. Default 100. */
  readonly pageSize?: number | undefined;
}

/** Which items are meant, on all pages. */
export type ItemQuery = Omit<ListQuery, "sort" | "page" | "pageSize">;

export const itemQueryNames: OptionNames<ItemQuery> = {
  search: true,
  status: true,
  readiness: true,
  type: true,
  manager: true,
  module: true,
  differsFromCode: true,
  retired: true,
};

export const listQueryNames: OptionNames<ListQuery> = {
  ...itemQueryNames,
  sort: true,
  page: true,
  pageSize: true,
};

/** An item with what this process found about it. */
export interface ListedItem extends PluginItem {
  /** What this process found about it. */
  readonly readiness: Readiness;
  /** In what it is not as the code of this process says; empty where it is, and where this process has no such plugin. */
  readonly differsFromCode: readonly CodeField[];
}

/** One page of a list. */
export interface ItemPage {
  /** The items of this page, in the order that was asked for. */
  readonly items: readonly ListedItem[];
  /** How many items the query matches on all pages. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
  /** How many there are; 1 where nothing matches. */
  readonly pages: number;
  /** Items a page. */
  readonly pageSize: number;
}
