/** The time, as plugbay sees it: tests hand in one that they move themselves. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `callback` after `ms` milliseconds unless the returned function is called before. */
  schedule(ms: number, callback: () => void): () => void;
}

/** Node's timers fire at once when they are set for longer. */
const longestTimerMs = 2 ** 31 - 1;

/** The real time. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
