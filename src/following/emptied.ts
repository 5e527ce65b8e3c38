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
  // Other rows at a revision that did not grow out of this one: an older copy of the same data was restored.
  const isCopy = changes === undefined && rows.revisionId !== since.revisionId;
  if (isCopy && rows.items.length > 0) return false;
  const purged = new Set(changes?.purged);
  return !known.every((id) => purged.has(id));
}
