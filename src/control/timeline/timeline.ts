import type { JsonValue } from "../../definition/plugin-item.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { Source } from "../../store/change.ts";
import type { EventContent, EventRow } from "../../store/event-row.ts";
import type { ProcessRow } from "../../store/process-row.ts";
import type { StoredChangeSet } from "../../store/read-change-sets.ts";

/** Of what a timeline is asked for. */
export interface TimelineQuery {
  /** Only from then on: ISO 8601. Default: 14 days back, which is how long what happened is kept. */
  readonly since?: string | undefined;
  /** Entries, at most 200. Default 50. */
  readonly limit?: number | undefined;
}

/** Something that happened in the application's processes, those in which it did within 15 s together. */
export interface TimelineEvent extends EventContent {
  /** Other in each entry of a timeline. */
  readonly id: string;
  /** ISO 8601, UTC, by the database's clock: in the first of these processes. */
  readonly at: string;
  /** In how many processes. */
  readonly processes: number;
  /** Of how many; null where that is not known, for one of them has ended since. */
  readonly of: number | null;
}

/** What one action changed, in the type and its items. */
export interface TimelineChange {
  /** Tells it from what happened in the processes. */
  readonly kind: "change";
  /** Other in each entry of a timeline. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Its revision, by which `changeSet` has all of it. */
  readonly revision: number;
  /** Who changed it; null where that was not said. */
  readonly actor: string | null;
  /** Where the change came from. */
  readonly source: Source;
  /** Why, as who did it has said; null where they did not. */
  readonly reason: string | null;
  /** How many entries of the history it has, those of other types included. */
  readonly total: number;
  /** The first 10 of this type. Values that may be long, such as configs, are null: `changeSet` has them. */
  readonly entries: readonly AuditEntry[];
}

/** An entry of a timeline. */
export type TimelineEntry = TimelineEvent | TimelineChange;

/** What happens in several processes within so long is one entry, in milliseconds. */
const gatherMs = 15_000;

const mostEntries = 10;
const longestValue = 100;

/** What the processes noted, the same of all of them together. Events of processes that run at all times have a number to compare with. */
export function gatherEvents(rows: readonly EventRow[], fleet: readonly ProcessRow[]): TimelineEvent[] {
  const groups: { readonly first: EventRow; readonly processes: Set<string> }[] = [];
  const open = new Map<string, (typeof groups)[number]>();
  for (const row of [...rows].sort((one, other) => one.at - other.at)) {
    const key = [row.kind, row.itemId, row.from, row.was].join();
    const known = open.get(key);
    if (known && row.at - known.first.at < gatherMs && !known.processes.has(row.processId)) {
      known.processes.add(row.processId);
      continue;
    }
    const group = { first: row, processes: new Set([row.processId]) };
    groups.push(group);
    open.set(key, group);
  }
  return groups.map(({ first: { processId: _, ...event }, processes }) => ({
    ...event,
    at: new Date(event.at).toISOString(),
    processes: processes.size,
    of: sizeAt(event.at + gatherMs, processes, fleet),
  }));
}

/** How many of the processes ran at that time, where all that count are still there to be asked. */
function sizeAt(at: number, among: ReadonlySet<string>, fleet: readonly ProcessRow[]): number | null {
  const running = fleet.filter(({ id, startedAt }) => among.has(id) || Date.parse(startedAt) <= at);
  const known = new Set(running.map(({ id }) => id));
  return [...among].every((id) => known.has(id)) ? running.length : null;
}

/** A change set as a type's timeline tells of it. */
export function timelineChange(
  { revision, total, entries }: StoredChangeSet,
  typeId: string,
): TimelineChange[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { at, actor, source, reason = null } = first;
  const own = entries.filter((entry) => entry.typeId === typeId).slice(0, mostEntries);
  const told = own.map((entry) => ({ ...entry, before: short(entry.before), after: short(entry.after) }));
  return [
    {
      kind: "change",
      id: `change ${revision}`,
      ...{ at, revision, actor, source, reason, total },
      entries: told,
    },
  ];
}

const short = (fields: AuditEntry["before"]): AuditEntry["before"] =>
  fields &&
  Object.fromEntries(
    Object.entries(fields).map(([name, value]): [string, JsonValue] => [name, isShort(value) ? value : null]),
  );

const isShort = (value: JsonValue): boolean =>
  typeof value === "number" || (typeof value === "string" && value.length <= longestValue);
