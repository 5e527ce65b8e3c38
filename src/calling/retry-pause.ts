const firstMs = 100;
const longestMs = 2_000;

/**
 * How long to wait before an item is tried again that was tried `attempts` times in a row, in milliseconds: anything up
 * to 100 ms, which doubles each time up to 2 s, at random, so that calls that failed together do not return together.
 */
export const retryPause = (attempts: number): number =>
  Math.random() * Math.min(longestMs, firstMs * 2 ** (attempts - 1));
