import type { ProcessRow } from "../../store/process-row.ts";
import type { AttentionDetails, AttentionPlace } from "./attention-entry.ts";

/** How many of anything are named. */
const mostNamed = 20;

/** Where something is seen: in `some` of `all` processes. */
export const placeOf = (some: readonly ProcessRow[], all: readonly ProcessRow[]): AttentionPlace => ({
  processes: some.length,
  of: all.length,
  ids: some.slice(0, mostNamed).map(({ id }) => id),
  hosts: [...new Set(some.map(({ host }) => host))].slice(0, mostNamed),
});

/** The first of some names, and how many there are. */
export const firstNames = (names: readonly string[]): Pick<AttentionDetails, "names" | "count"> => ({
  names: names.slice(0, mostNamed),
  count: names.length,
});

/** The first of some times in ISO 8601; `otherwise` where there is none. */
export const earliest = (times: readonly string[], otherwise: string): string =>
  times.length === 0 ? otherwise : times.reduce((one, other) => (other < one ? other : one));

/** A key of an entry. No part is joined so that two entries have the same. */
export const keyOf = (code: string, ...parts: readonly string[]): string => [code, ...parts].join(" ");
