import type { PluginItem } from "../definition/plugin-item.ts";
import { checkStatus, type Status } from "../definition/status.ts";
import { InvalidOptionError } from "../errors.ts";
import type { Readiness } from "../selection/readiness.ts";
import type { Snapshot, TypeSnapshot } from "../selection/snapshot.ts";
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

/** Answers a list query from a snapshot. */
export function listItems(
  snapshot: Snapshot,
  query: ListQuery,
  readinessOf: (item: PluginItem) => Readiness,
): ItemPage {
  const { page, pageSize } = checkPaging(query);
  const keys = sortKeys(query.sort ?? []);
  const matches = filterItems(snapshot, query, readinessOf);
  const start = (page - 1) * pageSize;
  const shown =
    keys.length > 0
      ? sortedRange(matches, keys, start, start + pageSize)
      : matches.slice(start, start + pageSize);
  return {
    items: shown.map((item) => ({ ...item, readiness: readinessOf(item) })),
    total: matches.length,
    page,
    pages: Math.max(1, Math.ceil(matches.length / pageSize)),
    pageSize,
  };
}

function checkPaging({ page = 1, pageSize = 100 }: ListQuery): { page: number; pageSize: number } {
  if (!Number.isInteger(page) || page < 1)
    throw new InvalidOptionError("page", page, "it is an integer from 1");
  if (pageSize === Number.POSITIVE_INFINITY) return { page: 1, pageSize: Number.MAX_SAFE_INTEGER };
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new InvalidOptionError("pageSize", pageSize, "it is an integer from 1, or Infinity");
  }
  return { page, pageSize };
}

function filterItems(
  snapshot: Snapshot,
  query: ListQuery,
  readinessOf: (item: PluginItem) => Readiness,
): PluginItem[] {
  const { status, readiness, module, retired = false } = query;
  if (status !== undefined) checkStatus("the query", status);
  const words = fold(query.search ?? "")
    .split(/\s+/)
    .filter((word) => word !== "");
  const matches: PluginItem[] = [];
  for (const type of orderedTypes(snapshot)) {
    if (query.type !== undefined && type.row.name !== query.type) continue;
    if (query.manager !== undefined && type.row.manager !== query.manager) continue;
    const texts = words.length > 0 ? searchTexts(type) : undefined;
    const isMatch = (item: PluginItem, index: number): boolean =>
      (retired === "include" || (item.retiredAt !== null) === retired) &&
      (status === undefined || item.status === status) &&
      (module === undefined || item.module === module) &&
      (texts === undefined || words.every((word) => (texts[index] as string).includes(word))) &&
      (readiness === undefined || readinessOf(item).kind === readiness);
    for (let index = 0; index < type.items.length; index += 1) {
      const item = type.items[index] as PluginItem;
      if (isMatch(item, index)) matches.push(item);
    }
  }
  return matches;
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const values: Record<SortField, (item: PluginItem) => string | number> = {
  type: (item) => item.type.name,
  manager: (item) => item.type.manager,
  module: (item) => item.module,
  name: (item) => item.name,
  label: (item) => item.label,
  status: (item) => item.status,
  priority: (item) => item.priority,
  createdAt: (item) => item.createdAt,
  updatedAt: (item) => item.updatedAt,
};

type SortKey = { readonly value: (item: PluginItem) => string | number; readonly sign: 1 | -1 };

type Column = { readonly values: readonly (string | number)[]; readonly sign: 1 | -1 };

function sortKeys(sort: readonly string[]): SortKey[] {
  return sort.map((key) => {
    const field = key.replace(/^-/, "") as SortField;
    if (!sortFields.includes(field)) {
      throw new InvalidOptionError("sort", key, `its fields are ${sortFields.join(", ")}`);
    }
    return { value: values[field], sign: key.startsWith("-") ? -1 : 1 };
  });
}

/**
 * The items from `start` to `end` in the order of the keys; equal ones stay in the order they came in, so
 * that the order is total and pages never overlap. Sorts places, by columns of values read beforehand.
 */
function sortedRange(
  items: readonly PluginItem[],
  keys: readonly SortKey[],
  start: number,
  end: number,
): PluginItem[] {
  const columns = keys.map(({ value, sign }): Column => ({ values: items.map(value), sign }));
  const compare = (one: number, other: number): number => {
    for (let index = 0; index < columns.length; index += 1) {
      const { values, sign } = columns[index] as Column;
      const left = values[one] as string | number;
      const right = values[other] as string | number;
      if (left !== right) return left < right ? -sign : sign;
    }
    return one - other;
  };
  const places = new Uint32Array(items.length).map((_, place) => place);
  return Array.from(selectRange(places, start, end, compare), (place) => items[place] as PluginItem);
}

const fold = (text: string): string => text.normalize("NFC").toLowerCase();

// Both are made once for a snapshot, or for a type's part of it, and go with it.
const orders = new WeakMap<Snapshot, readonly TypeSnapshot[]>();
const texts = new WeakMap<TypeSnapshot, readonly string[]>();

/** The types by manager, then name. */
export function orderedTypes(snapshot: Snapshot): readonly TypeSnapshot[] {
  let order = orders.get(snapshot);
  if (order === undefined) {
    order = [...snapshot.types.values()].sort(
      (one, other) =>
        compareText(one.row.manager, other.row.manager) || compareText(one.row.name, other.row.name),
    );
    orders.set(snapshot, order);
  }
  return order;
}

function searchTexts(type: TypeSnapshot): readonly string[] {
  let folded = texts.get(type);
  if (folded === undefined) {
    const { manager, name } = type.row;
    folded = type.items.map((item) =>
      fold([item.module, item.name, item.label, item.description, manager, name].join("\n")),
    );
    texts.set(type, folded);
  }
  return folded;
}
