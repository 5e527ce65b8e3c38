import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../time/clock.ts";

/**
 * Repeats `work` while it fails in a way that `isTransient` knows to pass, with growing, jittered
 * pauses, until `limitMs` have gone by; then the last error is thrown.
 */
export async function retry<T>(
  work: () => Promise<T>,
  isTransient: (error: unknown) => boolean,
  limitMs: number,
  longestPauseMs = 100,
): Promise<T> {
  const deadline = systemClock.monotonic() + limitMs;
  for (let pause = 2; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || systemClock.monotonic() > deadline) throw error;
      await sleep(pause * (0.5 + Math.random()));
    }
  }
}
