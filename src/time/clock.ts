/**
 * The time, as plugbay sees it. Tests pass one that they move themselves.
 *
 * It tells two times. The time of day (`now`) is stored and shown, and nothing is decided by it: it steps when
 * somebody sets it, or when the time server does. Ages and time limits are measured by `monotonic`.
 *
 * @example
 * const clock: Clock = {
 *   now: () => Date.now(),
 *   monotonic: () => performance.now(),
 *   schedule: (ms, callback) => {
 *     const timer = setTimeout(callback, ms);
 *     return () => clearTimeout(timer);
 *   },
 * };
 */
export interface Clock {
  /** The time of day, in epoch milliseconds. It may step, in both directions. */
  now(): number;
  /** Milliseconds since some moment that stays the same while the process runs. It never steps. */
  monotonic(): number;
  /**
   * Calls `callback` after `ms` milliseconds unless the returned function is called before. Only with
   * `keepAlive` does a process that has nothing else to do wait for it.
   */
  schedule(ms: number, callback: () => void, keepAlive?: boolean): () => void;
}

/** Node's timers fire at once when they are set for longer. */
export const longestTimerMs = 2 ** 31 - 1;

/** The real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Read twice in every call: this takes two thirds of the time of `performance.now()`.
  monotonic() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1_000 + nanoseconds / 1_000_000;
  },
  schedule(ms, callback, keepAlive = false) {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs));
    // A test that simulates a browser has timers that are numbers.
    if (!keepAlive) timer.unref?.();
    return () => clearTimeout(timer);
  },
};
