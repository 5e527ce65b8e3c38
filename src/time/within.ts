import type { Clock } from "./clock.ts";

/**
 * The result of `work`, or an error when it takes longer than `ms`; `work` itself is left to its fate. `what` is
 * it in words, or makes the error.
 */
export function within<T>(
  clock: Clock,
  ms: number,
  what: string | (() => Error),
  work: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): Error =>
      typeof what === "string" ? new Error(`${what} took longer than ${ms} ms`) : what();
    const cancel = clock.schedule(ms, () => reject(late()), true);
    work.then(resolve, reject).finally(cancel);
  });
}
