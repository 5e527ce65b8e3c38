import type { Clock } from "./clock.ts";

/** The result of `work`, or an error when it takes longer than `ms`; `work` itself is left to its fate. */
export function within<T>(clock: Clock, ms: number, what: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(ms, () => reject(new Error(`${what} took longer than ${ms} ms`)), true);
    work.then(resolve, reject).finally(cancel);
  });
}
