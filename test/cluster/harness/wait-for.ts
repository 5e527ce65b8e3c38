import { setTimeout as sleep } from "node:timers/promises";

/**
 * Looks again and again until `look` gives something true, and returns that.
 *
 * @throws an error that says what was waited for and, where `look` threw, what it threw last
 */
export async function waitFor<T>(
  what: string,
  withinMs: number,
  look: () => T | Promise<T>,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = performance.now() + withinMs;
  let cause: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found) return found as Exclude<T, undefined | null | false>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`, { cause });
    await sleep(20);
  }
}
