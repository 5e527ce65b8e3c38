import type { View } from "../view.ts";

/**
 * Does `work` by the snapshot as it is, which spares a look at the database. What is refused by that may have been
 * changed since: then it is done once more by a snapshot that is up to date.
 */
export async function bySnapshot<T>(
  view: Pick<View, "snapshot" | "state" | "refresh">,
  work: () => T | Promise<T>,
): Promise<T> {
  if (view.state.kind !== "live") await view.refresh();
  const { snapshot } = view;
  try {
    return await work();
  } catch (error) {
    await view.refresh();
    if (view.snapshot === snapshot) throw error;
    return work();
  }
}
