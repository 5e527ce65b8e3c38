import type { Plane } from "./plane.ts";

/**
 * Does `work` by the snapshot as it is, which spares a look at the database. What is refused by that may have been
 * changed since: then it is done once more by a snapshot that is up to date.
 */
export async function bySnapshot<T>(
  plane: Pick<Plane, "snapshot" | "state" | "refresh">,
  work: () => T | Promise<T>,
): Promise<T> {
  if (plane.state.kind !== "live") await plane.refresh();
  const { snapshot } = plane;
  try {
    return await work();
  } catch (error) {
    await plane.refresh();
    if (plane.snapshot === snapshot) throw error;
    return work();
  }
}
