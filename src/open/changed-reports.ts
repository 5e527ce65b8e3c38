import type { TypeIdentity } from "../definition/identity.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { ProcessRow } from "../store/process-row.ts";

/** The types of which processes say something else than before: all of them where a process came, left, or has other plugins. */
export function changedReports(
  before: readonly ProcessRow[],
  after: readonly ProcessRow[],
  snapshot: Snapshot,
): readonly TypeIdentity[] {
  const { types } = snapshot;
  const isSameFleet =
    before.length === after.length &&
    after.every(({ id, plugins }, at) => id === before[at]?.id && plugins === before[at].plugins);
  const ids = isSameFleet ? new Set<string>() : new Set(types.keys());
  if (isSameFleet) {
    after.forEach((now, at) => {
      const then = before[at];
      if (then === undefined) return;
      for (const { typeId } of difference(then.serves, now.serves)) ids.add(typeId);
      for (const { itemId } of difference(then.troubles, now.troubles)) {
        const typeId = snapshot.item(itemId)?.typeId;
        if (typeId !== undefined) ids.add(typeId);
      }
    });
  }
  return [...ids].flatMap((id) => {
    const { manager, name } = types.get(id)?.row ?? {};
    return manager === undefined || name === undefined ? [] : [{ manager, name }];
  });
}

/** The entries that only one of two lists has. */
function difference<Entry>(one: readonly Entry[], other: readonly Entry[]): Entry[] {
  if (one === other) return [];
  const texts = new Map(one.map((entry) => [JSON.stringify(entry), entry]));
  const added = other.filter((entry) => !texts.delete(JSON.stringify(entry)));
  return [...added, ...texts.values()];
}
