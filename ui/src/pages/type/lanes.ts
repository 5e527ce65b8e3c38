import type { ExplainedItem } from "../../../../src/admin/api.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { statuses } from "../../statuses.ts";

/** The ids of a type's items in the order in which they are served, by status; retired ones are in none. */
export type Lanes = Readonly<Record<Status, readonly string[]>>;

export function lanesOf(items: readonly ExplainedItem[]): Lanes {
  const laneOf = (status: Status) =>
    items.filter((item) => item.retiredAt === null && item.status === status).map((item) => item.id);
  return { active: laneOf("active"), reserve: laneOf("reserve"), disable: laneOf("disable") };
}

export function findLane(lanes: Lanes, id: string): Status | undefined {
  return statuses.find((status) => lanes[status].includes(id));
}

/** The lanes with one item moved; an index past the end is the end. */
export function moveTo(lanes: Lanes, id: string, to: Status, index: number): Lanes {
  const from = findLane(lanes, id);
  if (from === undefined) return lanes;
  const without = { ...lanes, [from]: lanes[from].filter((other) => other !== id) };
  const lane = [...without[to]];
  lane.splice(Math.max(0, index), 0, id);
  return { ...without, [to]: lane };
}

export function isSameLane(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

/** What an operator wants of a lane, over how it is now: items that came in meanwhile stay, at its end. */
export function mergeLane(wanted: readonly string[], now: Lanes, status: Status): readonly string[] {
  const existing = new Set(statuses.flatMap((other) => now[other]));
  const kept = wanted.filter((id) => existing.has(id));
  return [...kept, ...now[status].filter((id) => !kept.includes(id))];
}
