import type { ServeNowRequest } from "../../../src/admin/contract/contract.ts";

const kinds = ["good", "hour", "time"] as const;

/** How an item is to serve first: for good, for an hour, or until a time. */
export type EndKind = (typeof kinds)[number];

export const isEndKind = (value: string): value is EndKind => kinds.some((kind) => kind === value);

export interface End {
  readonly kind: EndKind;
  /** ISO 8601: what was entered as the time; null where nothing is. */
  readonly until: string | null;
}

const hourMs = 3_600_000;

/** The next 8 o'clock in the morning where the browser is: what is wanted at night most of all. */
export function nextMorning(now = new Date()): string {
  const morning = new Date(now);
  morning.setHours(8, 0, 0, 0);
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  return morning.toISOString();
}

/** What the server is asked; an hour is by its own clock. undefined where it has to be corrected first. */
export function requestOf({ kind, until }: End): Pick<ServeNowRequest, "until" | "forMs"> | undefined {
  if (kind === "good") return {};
  if (kind === "hour") return { forMs: hourMs };
  return until === null || Date.parse(until) <= Date.now() ? undefined : { until };
}
