import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import { orderedTypes } from "./ordered-types.ts";

export interface TypeOverview extends TypeIdentity {
  readonly id: string;
  readonly description: string;
  /** How many items it has in each status, retired ones apart. */
  readonly counts: Readonly<Record<Status | "retired", number>>;
}

/** The types of a snapshot, by manager and name, with their numbers of items. */
export function listTypes(snapshot: Snapshot): TypeOverview[] {
  return orderedTypes(snapshot)
    .filter(({ row }) => row.retiredAt === null)
    .map(({ row: { id, manager, name, description }, items }) => {
      return { id, manager, name, description, counts: countsOf(items) };
    });
}

type Counts = TypeOverview["counts"];

/** Counted once for each list of items, which never changes. */
const counted = new WeakMap<readonly PluginItem[], Counts>();

function countsOf(items: readonly PluginItem[]): Counts {
  const known = counted.get(items);
  if (known) return known;
  const counts = { active: 0, reserve: 0, disable: 0, retired: 0 };
  for (const item of items) counts[item.retiredAt === null ? item.status : "retired"] += 1;
  counted.set(items, counts);
  return counts;
}
