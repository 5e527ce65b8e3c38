import { maxPriority, minPriority } from "../../definition/priority.ts";

/**
 * Priorities for items in a wanted order: the numbers that they have now, in rising order, with equal
 * ones parted by the least that does it. So the items keep their place among those that are not listed,
 * and an order that holds already changes nothing.
 *
 * The places of `fixed` keep their numbers, and the others are spread between them; undefined where these
 * leave no room, or are not in rising order themselves.
 */
export function spreadPriorities(
  current: readonly number[],
  fixed: ReadonlySet<number> = new Set(),
): number[] | undefined {
  const spread: number[] = [];
  let run: number[] = [];
  let from = minPriority;
  for (const [place, priority] of current.entries()) {
    if (!fixed.has(place)) {
      run.push(priority);
      continue;
    }
    const fitted = spreadBetween(run, from, priority - 1);
    // Two fixed ones may be equal.
    if (fitted === undefined || priority < from - 1) return undefined;
    for (const fitting of fitted) spread.push(fitting);
    spread.push(priority);
    run = [];
    from = priority + 1;
  }
  const fitted = spreadBetween(run, from, maxPriority);
  return fitted && [...spread, ...fitted];
}

/** Numbers that rise from `from` to `to` at most; undefined where there are too many. */
function spreadBetween(run: readonly number[], from: number, to: number): number[] | undefined {
  if (run.length > 0 && run.length > to - from + 1) return undefined;
  const spread = run.toSorted((one, other) => one - other);
  for (const [index, priority] of spread.entries()) {
    spread[index] = Math.max(priority, index === 0 ? from : (spread[index - 1] as number) + 1);
  }
  // Pushed over the upper end: let them end there instead.
  for (let index = spread.length - 1, limit = to; index >= 0; index -= 1, limit -= 1) {
    if ((spread[index] as number) <= limit) break;
    spread[index] = limit;
  }
  return spread;
}
