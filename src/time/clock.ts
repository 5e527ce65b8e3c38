/** The time, as plugbay sees it: tests hand in one that they move themselves. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Calls `callback` after `ms` milliseconds unless the returned function is called before. Only with
   * `keepAlive` does a process that has nothing else to do wait for it.
   */
  schedule(ms: number, callback: () => void, keepAlive?: boolean): () => void;
}

/** Node's timers fire at once when they are set for longer. */
const longestTimerMs = 2 ** 31 - 1;

/** The real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(ms, callback, keepAlive = false) {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs));
    // A test that simulates a browser has timers that are numbers.
    if (!keepAlive) timer.unref?.();
    return () => clearTimeout(timer);
  },
};
