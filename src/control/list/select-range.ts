type Compare = (one: number, other: number) => number;

/**
 * The numbers that would stand from `start` to `end` (exclusive) if they were sorted, in order. Only they
 * are sorted, the rest is merely parted from them (quickselect, with the pivot of a sample as in Floyd and
 * Rivest's SELECT, 1975): a page of 100 out of 100,000 takes a fraction of the time of sorting them all.
 * Reorders `numbers`. `compare` must be total.
 */
export function selectRange(numbers: Uint32Array, start: number, end: number, compare: Compare): Uint32Array {
  const last = numbers.length - 1;
  if (start > last) return numbers.subarray(0, 0);
  const stop = Math.min(end, last + 1);
  // The larger part goes first, so that the second cut has less to look at.
  if (start > last - stop) {
    part(numbers, 0, last, start, compare);
    part(numbers, start, last, stop, compare);
  } else {
    part(numbers, 0, last, stop, compare);
    part(numbers, 0, stop - 1, start, compare);
  }
  return numbers.subarray(start, stop).sort(compare);
}

/** Moves the number of rank `rank` to its place, the lesser ones before it and the greater ones after it. */
function part(numbers: Uint32Array, from: number, to: number, rank: number, compare: Compare): void {
  if (rank <= from || rank > to) return;
  let left = from;
  let right = to;
  while (left < right) {
    const pivot = choosePivot(numbers, left, right, rank, compare);
    let low = left;
    let high = right;
    while (low <= high) {
      while (compare(numbers[low] as number, pivot) < 0) low += 1;
      while (compare(numbers[high] as number, pivot) > 0) high -= 1;
      if (low > high) break;
      const swapped = numbers[low] as number;
      numbers[low] = numbers[high] as number;
      numbers[high] = swapped;
      low += 1;
      high -= 1;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else return;
  }
}

/**
 * A number that, going by a sample, stands a little beyond the wanted rank as seen from the nearer end: so
 * that the rank most likely falls into the smaller part.
 */
function choosePivot(
  numbers: Uint32Array,
  left: number,
  right: number,
  rank: number,
  compare: Compare,
): number {
  const count = right - left + 1;
  const size = Math.ceil(2 * Math.sqrt(count));
  const sample = new Uint32Array(size);
  for (let index = 0; index < size; index += 1) {
    sample[index] = numbers[left + Math.floor((index * count) / size)] as number;
  }
  sample.sort(compare);
  const share = (rank - left) / count;
  const margin = Math.ceil(Math.sqrt(size) / 3) * (share < 0.5 ? 1 : -1);
  const index = Math.floor(share * size) + margin;
  return sample[Math.max(0, Math.min(size - 1, index))] as number;
}
