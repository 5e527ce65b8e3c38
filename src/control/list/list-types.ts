import type { TypeIdentity } from "../../definition/identity.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import { takesArguments } from "../../selection/select.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";
import type { View } from "../view.ts";
import type { Health } from "./health.ts";
import { orderedTypes } from "./ordered-types.ts";

/** A type with its numbers of items. */
export interface TypeOverview extends TypeIdentity {
  /** UUID. Stays the same for the life of the type, over renames and retirement. */
  readonly id: string;
  /** For operators; `""` where it has none. */
  readonly description: string;
  /** How many items it has in each status, retired ones apart. */
  readonly counts: Readonly<Record<Status | "retired", number>>;
}

/** A type with what this process found about it. */
export interface ListedType extends TypeOverview {
  /** Whether this process has it in its code. */
  readonly isRegistered: boolean;
  /** Whether a selector picks the item that serves; `false` also where this process does not have the type. */
  readonly hasSelector: boolean;
  /** How many of its active and reserved items this process found ready, failed and so on. */
  readonly health: Health;
  /** The item that serves; undefined where none does, or where that depends on arguments of the type's selector. */
  readonly serving: PluginItem | undefined;
}

/** The types that are not retired, by manager and name. */
export const typesInUse = (snapshot: Snapshot): TypeSnapshot[] =>
  orderedTypes(snapshot).filter(({ row }) => row.retiredAt === null);

/** Adds to a type what this process found about it. */
export function listedType(type: TypeSnapshot, view: View, health: Health): ListedType {
  const registered = view.registry.type(type.row);
  return {
    ...overviewOf(type),
    isRegistered: registered !== undefined,
    hasSelector: registered?.selector !== undefined,
    health,
    serving: servingOf(type, view),
  };
}

/** The item that serves a type, where that depends on nothing that is not known here. */
export function servingOf({ row }: TypeSnapshot, view: View): PluginItem | undefined {
  const type = view.registry.type(row);
  if (type === undefined || takesArguments(type)) return undefined;
  try {
    return view.selected(type, ...([] as never));
  } catch {
    // What a selector throws is told where its type is looked at.
    return undefined;
  }
}

/** A type with its numbers of items. */
export const overviewOf = ({
  row: { id, manager, name, description },
  items,
}: TypeSnapshot): TypeOverview => ({ id, manager, name, description, counts: countsOf(items) });

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
