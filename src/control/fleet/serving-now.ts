import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";
import { hasType, knownPlugins } from "../../store/known-plugins.ts";
import type { ProcessRow, ServedHow, ServedType } from "../../store/process-row.ts";

/** What serves a type in some of the processes, and how it came to that there. */
export interface ServedBy {
  /** undefined where nothing serves. */
  readonly item: PluginItem | undefined;
  /** How it came to that. */
  readonly how: ServedHow;
  /** In how many processes. */
  readonly processes: number;
  /** ISO 8601, UTC: since when, in the first of them. */
  readonly since: string;
}

/** What serves a type in the application's processes, as they say themselves. */
export interface ServingNow {
  /**
   * How many processes serve the type. Those of older code, which do not say by what, are among them. 0 also where a
   * selector decides by arguments: then no process can say.
   */
  readonly processes: number;
  /** What serves it, where most do first; several where processes differ. */
  readonly by: readonly ServedBy[];
}

type Group = ServedType & { readonly processes: number };

/** By type id, what processes say, in one pass over all of it: kept with the list that it was made of. */
const grouped = new WeakMap<readonly ProcessRow[], ReadonlyMap<string, readonly Group[]>>();

/** What serves one type: the same object for as long as neither the type nor what processes say of it changes. */
const made = new WeakMap<TypeSnapshot, { readonly rows: readonly ProcessRow[]; readonly now: ServingNow }>();

/** What serves a type in these processes. */
export function servingNow(
  type: TypeSnapshot,
  rows: readonly ProcessRow[],
  snapshot: Pick<Snapshot, "item">,
): ServingNow {
  const known = made.get(type);
  if (known?.rows === rows) return known.now;
  const groups = groupsOf(rows).get(type.row.id) ?? [];
  const silent = rows.filter(
    ({ saysWhatServes, plugins }) =>
      !saysWhatServes && hasType(knownPlugins(plugins), { ...type.row, aliases: type.row.aliases ?? [] }),
  );
  const by = groups.flatMap(({ itemId, how, processes, since }): ServedBy[] => {
    const item = itemId === null ? undefined : snapshot.item(itemId);
    // Of one that is new or gone, this process hears in a moment.
    return itemId !== null && item === undefined ? [] : [{ item, how, processes, since }];
  });
  const processes = groups.reduce((sum, group) => sum + group.processes, silent.length);
  const found = { processes, by: by.sort((one, other) => other.processes - one.processes) };
  const now = known && saysTheSame(known.now, found) ? known.now : found;
  made.set(type, { rows, now });
  return now;
}

const saysTheSame = (one: ServingNow, other: ServingNow): boolean =>
  one.processes === other.processes &&
  one.by.length === other.by.length &&
  one.by.every(({ item, how, processes, since }, at) => {
    const counterpart = other.by[at];
    return (
      item === counterpart?.item &&
      how === counterpart?.how &&
      processes === counterpart.processes &&
      since === counterpart.since
    );
  });

function groupsOf(rows: readonly ProcessRow[]): ReadonlyMap<string, readonly Group[]> {
  const known = grouped.get(rows);
  if (known) return known;
  const byType = new Map<string, Group[]>();
  for (const served of rows.flatMap(({ serves }) => serves)) {
    const groups = byType.get(served.typeId) ?? [];
    byType.set(served.typeId, groups);
    const at = groups.findIndex(({ itemId, how }) => itemId === served.itemId && how === served.how);
    const group = groups[at];
    if (group === undefined) groups.push({ ...served, processes: 1 });
    else {
      const since = served.since < group.since ? served.since : group.since;
      groups[at] = { ...group, since, processes: group.processes + 1 };
    }
  }
  grouped.set(rows, byType);
  return byType;
}
