import { maxPriority } from "../definition/priority.ts";

/**
 * Priorities for items in a wanted order: the numbers that they have now, in rising order, with equal
 * ones parted by the least that does it. So the items keep their place among those that are not listed,
 * and an order that holds already changes nothing.
 */
export function spreadPriorities(current: readonly number[]): number[] {
  const spread = current.toSorted((one, other) => one - other);
  for (let index = 1; index < spread.length; index += 1) {
    spread[index] = Math.max(spread[index] as number, (spread[index - 1] as number) + 1);
  }
  // Pushed over the upper end: let them end there instead.
  for (let index = spread.length - 1, limit = maxPriority; index >= 0; index -= 1, limit -= 1) {
    if ((spread[index] as number) <= limit) break;
    spread[index] = limit;
  }
  return spread;
}
