import type { ChangeSetsQuery } from "../../../../src/admin/contract/contract.ts";

/** What the page is narrowed down to, as its address has it. */
export interface HistoryFilter {
  readonly type: string | null;
  readonly item: string | null;
  readonly actor: string | null;
  /** A part of the reason. */
  readonly reason: string | null;
  readonly source: HistorySource | null;
  /** ISO 8601 */
  readonly since: string | null;
  readonly until: string | null;
}

export const historySources = ["admin", "cli", "api", "sync", "django"] as const;
export type HistorySource = (typeof historySources)[number];

export const asSource = (value: string | null): HistorySource | null =>
  historySources.find((source) => source === value) ?? null;

const asTime = (value: string | null): string | null =>
  value === null || Number.isNaN(Date.parse(value)) ? null : new Date(value).toISOString();

/** Reads an address that anybody may have typed: what makes no sense is left out. */
export function readHistoryFilter(parameters: URLSearchParams): HistoryFilter {
  return {
    type: parameters.get("type") || null,
    item: parameters.get("item") || null,
    actor: parameters.get("actor") || null,
    reason: parameters.get("reason") || null,
    source: asSource(parameters.get("source")),
    since: asTime(parameters.get("since")),
    until: asTime(parameters.get("until")),
  };
}

export function writeHistoryFilter(filter: HistoryFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== null) parameters.set(name, value);
  return parameters;
}

/** What the server is asked for. */
export function toHistoryQuery({ item, ...filter }: HistoryFilter): Omit<ChangeSetsQuery, "before"> {
  return Object.fromEntries(
    Object.entries({ ...filter, entity: item }).filter(([, value]) => value !== null),
  );
}

export const isFiltered = (filter: HistoryFilter): boolean =>
  Object.values(filter).some((value) => value !== null);
