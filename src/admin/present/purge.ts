import type { PurgePlan } from "../../control/items/plan-purge.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { PurgeResult } from "../contract/contract.ts";
import { presentName } from "./item.ts";

/** `snapshot`: one that still has what is purged. */
export function presentPurge(
  { items, types }: PurgePlan,
  historyEntries: number,
  snapshot: Snapshot,
): PurgeResult {
  const identity = ({ manager, name }: { manager: string; name: string }) => ({ manager, name });
  return {
    items: items.map((row) => ({
      ...presentName(row),
      type: identity(snapshot.types.get(row.typeId)?.row ?? { manager: "", name: "" }),
    })),
    types: types.map(identity),
    historyEntries,
  };
}
