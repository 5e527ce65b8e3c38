import { areNewer, type Known } from "../selection/remains.ts";
import type { RevisionMark } from "../store/mark.ts";
import type { Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";

/** What was known of a database at a revision, before this process began. */
export interface LastKnown {
  readonly mark: RevisionMark;
  /** undefined where it turns out that there is nothing to rely on. */
  readonly read: () => Promise<Rows | undefined>;
}

/**
 * Whether all that was known at a revision is gone, though nobody purged it: tables that were emptied are not what an
 * operator decided, and neither is what was written into them since. Rows that are as old as that revision say that
 * the tables were not emptied, also where they are others: those of an older copy.
 *
 * @param known reads what was known; only called where it decides
 */
export async function isEmptied(
  store: Pick<Store, "readSince">,
  since: RevisionMark,
  known: () => Known | Promise<Known>,
  rows: Rows,
): Promise<boolean> {
  if (!areNewer(rows.items, since.revision)) return false;
  const { kind, ids } = await known();
  const there = rows[kind];
  if (ids.length === 0 || !areNewer(there, since.revision)) return false;
  const present = new Set(there.map(({ id }) => id));
  if (ids.some((id) => present.has(id))) return false;
  const changes = await store.readSince(since, { ...rows, course: "later", onlyItems: false });
  const purged = new Set(changes?.purged);
  return !ids.every((id) => purged.has(id));
}
