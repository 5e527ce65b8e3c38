import { InvalidOptionError } from "../../definition/errors.ts";
import type { ItemUpdate } from "./change-requests.ts";
import { type CheckedPatch, checkPatch, checkVersion } from "./check-patch.ts";

/** What becomes of items, by their ids. @throws as `checkPatch`; InvalidOptionError where an item is named twice */
export function checkUpdates(updates: readonly ItemUpdate[]): {
  readonly patches: ReadonlyMap<string, CheckedPatch>;
  readonly versions: Readonly<Record<string, number>>;
} {
  const patches = new Map<string, CheckedPatch>();
  const versions: Record<string, number> = {};
  for (const { id, version, ...patch } of updates) {
    if (patches.has(id)) throw new InvalidOptionError("id", id, "an item is changed once at a time");
    patches.set(id, checkPatch(id, patch));
    const read = checkVersion(version);
    if (read !== undefined) versions[id] = read;
  }
  return { patches, versions };
}
