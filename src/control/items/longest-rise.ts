/**
 * The places that can be kept: all of `kept`, and of `more` as many as possible, so that no level is below the one
 * before it, and all are within a range. In rising order, as `kept` and `more` have to be.
 */
export function longestRise(
  levels: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
  kept: readonly number[],
  more: readonly number[],
): number[] {
  const all: number[] = [];
  let next = 0;
  for (const [index, end] of [...kept, levels.length].entries()) {
    const before = kept[index - 1];
    const low = before === undefined ? from : (levels[before] ?? from);
    const high = levels[end] ?? to;
    const between: number[] = [];
    for (let place = more[next]; place !== undefined && place < end; place = more[next]) {
      const level = levels[place] ?? 0;
      if (level >= low && level <= high) between.push(place);
      next += 1;
    }
    all.push(...longestWithin(levels, between));
    if (end < levels.length) all.push(end);
  }
  return all;
}

/** The longest part of the places whose levels do not fall. */
function longestWithin(levels: readonly number[], places: readonly number[]): number[] {
  /** For each length, the place at which a part of that length ends lowest. */
  const ends: number[] = [];
  const before = new Map<number, number>();
  for (const place of places) {
    const level = levels[place] ?? 0;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((levels[ends[middle] ?? 0] ?? 0) <= level) low = middle + 1;
      else high = middle;
    }
    const last = ends[low - 1];
    if (last !== undefined) before.set(place, last);
    ends[low] = place;
  }
  const longest: number[] = [];
  for (let place = ends.at(-1); place !== undefined; place = before.get(place)) longest.push(place);
  return longest.reverse();
}
