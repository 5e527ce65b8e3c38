import { maxPriority, minPriority } from "../../definition/priority.ts";
import { longestRise } from "./longest-rise.ts";

/** An item at its place in a wanted order. */
export interface Placed {
  readonly priority: number;
  /** Whether its priority stays, whatever the order. */
  readonly isFixed?: boolean;
  /** Whether it is written anyway, so that another priority costs nothing. */
  readonly isWritten?: boolean;
}

/** How far apart priorities are put where nothing is in the way: later moves find gaps between them. */
const step = 10;

/**
 * Priorities that bring items into their order, with as few changes as possible: a gap between two that stay is used,
 * and where there is none, the fewest neighbours move. Those in order keep what they have, equal ones too where `follows`
 * says that the item at a place comes after the one before it.
 *
 * Undefined where the fixed ones leave no room, or are not in order themselves.
 */
export function spreadPriorities(
  places: readonly Placed[],
  follows: (place: number) => boolean,
): number[] | undefined {
  const rises = leastRises(places.length, follows);
  // What has no level below the one before it is in order, with room for what is between.
  const levels = places.map(({ priority }, place) => priority - (rises[place] ?? 0));
  const range = { from: minPriority, to: maxPriority - (rises.at(-1) ?? 0) };
  const fixed = places.flatMap(({ isFixed }, place) => (isFixed ? [place] : []));
  const limits = [range.from, ...fixed.map((place) => levels[place] ?? 0), range.to];
  if (limits.some((level, index) => level < (limits[index - 1] ?? level))) return undefined;

  const free = (isWritten: boolean) =>
    places.flatMap((place, index) =>
      !place.isFixed && (place.isWritten ?? false) === isWritten ? [index] : [],
    );
  const first = longestRise(levels, range, fixed, free(false));
  const kept = longestRise(levels, range, first, free(true));
  const spread: number[] = [];
  for (const [index, place] of [...kept, places.length].entries()) {
    const before = kept[index - 1];
    const count = place - (before ?? -1) - 1;
    const [low, high] = [
      before === undefined ? undefined : places[before]?.priority,
      places[place]?.priority,
    ];
    const level = levels[before ?? place] ?? range.from;
    const close = () => rises.slice(place - count, place).map((rise) => level + rise);
    spread.push(...(apart(count, low, high) ?? close()));
    if (high !== undefined) spread.push(high);
  }
  return spread;
}

/** By how much the priority at each place is above the first one at least. */
function leastRises(count: number, follows: (place: number) => boolean): number[] {
  const rises: number[] = [];
  for (let place = 0; place < count; place += 1) {
    rises.push(place === 0 ? 0 : (rises[place - 1] ?? 0) + (follows(place) ? 0 : 1));
  }
  return rises;
}

/** Different numbers between two others, or beside one; undefined where there are too few. */
function apart(count: number, low: number | undefined, high: number | undefined): number[] | undefined {
  const numbers = (from: number, by: number) =>
    Array.from({ length: count }, (_, index) => from + Math.floor(by * (index + 1)));
  if (low !== undefined && high !== undefined) {
    return high - low > count ? numbers(low, (high - low) / (count + 1)) : undefined;
  }
  const room = low === undefined ? (high ?? maxPriority + 1) - minPriority : maxPriority - low;
  const by = Math.min(step, Math.floor(room / Math.max(1, count)));
  if (by < 1) return undefined;
  if (low !== undefined) return numbers(low, by);
  if (high !== undefined) return numbers(high - by * (count + 1), by);
  // From 0 on, where that is enough.
  return numbers((count - 1) * by <= maxPriority ? -by : minPriority - by, by);
}
