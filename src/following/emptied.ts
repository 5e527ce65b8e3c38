import { isNothingLeft, type KnownIds } from "../selection/remains.ts";
import type { RevisionMark } from "../store/mark.ts";
import type { Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";

/**
 * Whether all that was known at a revision is gone, though nobody purged it: tables that were emptied are not what an
 * operator decided.
 */
export async function isEmptied(
  store: Pick<Store, "readSince">,
  since: RevisionMark,
  known: KnownIds,
  rows: Rows,
): Promise<boolean> {
  if (!isNothingLeft(known, rows)) return false;
  const changes = await store.readSince(since, { ...rows, course: "later", onlyItems: false });
  const purged = new Set(changes?.purged);
  return !known.every((id) => purged.has(id));
}
