/** So many buckets a doubling: from a bucket's middle, no duration in it is further than 9.1 percent. */
const perDoubling = 4;

/** Buckets of durations: 0 is below 1 ms, and the last one has all from about 2 minutes on. */
export const bucketCount = 69;

/** The bucket of a duration in milliseconds. */
export const bucketOf = (ms: number): number => {
  if (!(ms >= 1)) return 0;
  const bucket = Math.floor(Math.log2(ms) * perDoubling) + 1;
  return bucket < bucketCount ? bucket : bucketCount - 1;
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
