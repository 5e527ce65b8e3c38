const firstMs = 1_000;
const longestMs = 60_000;

/**
 * How long to wait before the next attempt, after `attempts` failures: 1 s, doubled each time up to one
 * minute, less up to half at random, so that processes that failed together do not return together.
 */
export function backoff(attempts: number): number {
  const ceiling = Math.min(firstMs * 2 ** (attempts - 1), longestMs);
  return Math.round(ceiling * (1 - Math.random() / 2));
}
