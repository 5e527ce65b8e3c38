import type { RevisionMark } from "./mark.ts";

/** How many revisions a trail names: no process is behind more of them for longer than a moment. */
const mostNamed = 16;

/** Where the data stand, and the trail that is stored with that. */
interface Trailed extends RevisionMark {
  readonly trail: string | null;
}

/**
 * What a namespace's row says of the way to its revision: that revision's number, and then the ids of the last revisions,
 * its own at the end. After the first one, nothing but items changed, all of which are still there. So whoever stands at
 * one of them needs the items that changed since, and nothing else. Older code, and who raises the number by hand, leave
 * the trail as it is: then it leads to another revision, says nothing, and begins anew with the next change.
 *
 * @param before what the row says so far
 * @param onlyItems whether that holds for the change that makes `after`, too
 */
export function trailTo(after: RevisionMark, before: Trailed, onlyItems: boolean): string | null {
  if (after.revisionId === before.revisionId) return before.trail;
  const passed = (onlyItems && trailOf(before)) || [];
  const ids = [...passed, after.revisionId].slice(-mostNamed);
  return [after.revision, ...ids].join(" ");
}

/** Whether nothing but items changed since a revision, by the trail that leads to the present one. */
export const isOnTrail = (now: Trailed, since: RevisionMark): boolean =>
  trailOf(now)?.includes(since.revisionId) ?? false;

/** The ids that a trail names; undefined where it leads to another revision. */
function trailOf({ revision, revisionId, trail }: Trailed): string[] | undefined {
  // By hand it may have become anything: SQLite keeps numbers and bytes in a column of text, too.
  const [number, ...ids] = typeof trail === "string" ? trail.split(" ") : [];
  return number === String(revision) && ids.at(-1) === revisionId ? ids : undefined;
}
