import type { ExplainedItem } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { inOwnOrder } from "../../leads/own-order.ts";
import { statuses } from "../../statuses.ts";

/** The ids of a type's items by status, in the order in which they are served where none leads; retired ones are in none. */
export type Lanes = Readonly<Record<Status, readonly string[]>>;

export function lanesOf(items: readonly ExplainedItem[]): Lanes {
  const inOrder = inOwnOrder(items);
  const laneOf = (status: Status) =>
    inOrder.filter((item) => item.retiredAt === null && item.status === status).map((item) => item.id);
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

/** A press of an arrow key. */
export type Step = "up" | "down" | "left" | "right";

/**
 * The lanes with one item moved by a step: up and down in its lane, to the side into the lane there, at the
 * same height. At the edge it stays where it is.
 */
export function moveByStep(lanes: Lanes, id: string, step: Step, direction: "ltr" | "rtl"): Lanes {
  const from = findLane(lanes, id);
  if (from === undefined) return lanes;
  const index = lanes[from].indexOf(id);
  if (step === "up") return moveTo(lanes, id, from, index - 1);
  if (step === "down") return moveTo(lanes, id, from, index + 1);
  const isForward = (step === "right") === (direction === "ltr");
  const to = statuses[statuses.indexOf(from) + (isForward ? 1 : -1)];
  return to === undefined ? lanes : moveTo(lanes, id, to, index);
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
