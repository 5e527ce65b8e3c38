import { systemClock } from "../time/clock.ts";
import { silence, silentFor } from "./silence.ts";

/**
 * Calls `callback` after `ms` milliseconds, counted in ticks: a process that was busy itself reads what has come
 * meanwhile before anything is judged.
 *
 * @returns the function that ends this
 */
export function afterTicks(ms: number, callback: () => void): () => void {
  let left = Math.ceil(ms / silence.tickMs);
  const tick = (): void => {
    left -= 1;
    if (left <= 0) callback();
    else cancel = systemClock.schedule(silence.tickMs, tick, true);
  };
  let cancel = systemClock.schedule(silence.tickMs, tick, true);
  return () => cancel();
}

/** The answer of the database, or an error when it is silent for `ms`, counted in ticks. */
export function answeredWithin<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = afterTicks(ms, () => reject(silentFor(ms)));
    answer.then(resolve, reject).finally(stop);
  });
}
