import { type AttentionEntry, compareEntries, type Found } from "./attention-entry.ts";

/** An entry, and when it ended, in epoch milliseconds; null while it lasts. */
export interface Remembered {
  readonly entry: AttentionEntry;
  readonly endedAt: number | null;
}

/** One that comes back so soon after its end is the same, in milliseconds: what comes and goes is one entry. */
const sameWithinMs = 300_000;

/** What is to be remembered once these were found: entries join, end, and come back. */
export function remember(known: readonly Remembered[], found: readonly Found[], now: number): Remembered[] {
  const before = new Map(known.map((one) => [one.entry.key, one]));
  const present = new Set(found.map(({ key }) => key));
  const lasting = found.map((one) => ({ entry: joined(before.get(one.key), one, now), endedAt: null }));
  const ended = known
    .filter(({ entry }) => !present.has(entry.key))
    .map(({ entry, endedAt }) => ({ entry, endedAt: endedAt ?? now }));
  return [...lasting, ...ended];
}

/** Whether one that comes back now would be another. */
export const isOver = ({ endedAt }: Remembered, now: number): boolean =>
  endedAt !== null && now - endedAt >= sameWithinMs;

function joined(known: Remembered | undefined, found: Found, now: number): AttentionEntry {
  if (known === undefined || isOver(known, now)) return { ...found, times: 1 };
  const { since, times } = known.entry;
  return {
    ...found,
    since: since < found.since ? since : found.since,
    times: known.endedAt === null ? times : times + 1,
  };
}

/** The entries that last, the gravest first. */
export const lasting = (remembered: readonly Remembered[]): AttentionEntry[] =>
  remembered
    .filter(({ endedAt }) => endedAt === null)
    .map(({ entry }) => entry)
    .sort(compareEntries);
