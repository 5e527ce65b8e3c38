/** So many buckets a doubling: from a bucket's middle, no duration in it is further than 9.1 percent. */
const perDoubling = 4;

/** Buckets of durations: 0 is below 1 ms, and the last one has all from about 2 minutes on. */
export const bucketCount = 69;
const longestMs = 2 ** ((bucketCount - 2) / perDoubling);

/** Where the second, third and fourth bucket of a doubling begin, as multiples of its start. */
const [second, third, fourth] = [2 ** (1 / 4), 2 ** (2 / 4), 2 ** (3 / 4)];

/** The bucket of a duration in milliseconds: `Math.floor(Math.log2(ms) * 4) + 1`, in a tenth of its time. */
export const bucketOf = (ms: number): number => {
  if (!(ms >= 1)) return 0;
  if (ms >= longestMs) return bucketCount - 1;
  const doublings = 31 - Math.clz32(ms);
  const share = ms / (1 << doublings);
  const part = share < third ? (share < second ? 1 : 2) : share < fourth ? 3 : 4;
  return doublings * perDoubling + part;
};

/** What a duration of this bucket is taken for: the middle of it, in milliseconds, as factors go. */
const middleOf = (bucket: number): number => (bucket === 0 ? 0.5 : 2 ** ((bucket - 0.5) / perDoubling));

/**
 * The duration, in milliseconds, that this share of calls did not exceed, within 10 percent; null where there were no calls.
 * `durations`: pairs of a bucket and its count, one after the other, by bucket.
 */
export function quantile(durations: readonly number[], share: number): number | null {
  let calls = 0;
  for (let place = 1; place < durations.length; place += 2) calls += durations[place] ?? 0;
  if (calls === 0) return null;
  let left = Math.ceil(calls * share);
  for (let place = 0; place < durations.length; place += 2) {
    left -= durations[place + 1] ?? 0;
    if (left <= 0) return rounded(middleOf(durations[place] ?? 0));
  }
  return null;
}

/** More digits would say what nobody knows. */
const rounded = (ms: number): number => Number(ms.toPrecision(3));
