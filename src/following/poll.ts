import type { Clock } from "../time/clock.ts";

export interface Poll {
  /** Looks again at once, and starts the pause anew. */
  hurry(): void;
  stop(): void;
}

/**
 * Calls `check` again and again, with pauses of about `intervalMs()`, each after the last call has ended;
 * they vary by a fifth, so that processes do not ask in step. A failed check changes nothing: the next one
 * comes. Where it has nothing to wait for, `check` gives undefined.
 */
export function poll(
  clock: Clock,
  intervalMs: () => number,
  check: () => Promise<unknown> | undefined,
): Poll {
  let stopped = false;
  let cancel = (): void => undefined;
  const look = (): void => {
    cancel();
    const looking = check();
    if (looking === undefined) wait();
    else looking.then(wait, wait);
  };
  const wait = (): void => {
    cancel();
    if (!stopped) cancel = clock.schedule(intervalMs() * (0.9 + Math.random() * 0.2), look);
  };
  wait();
  return {
    hurry: () => {
      if (!stopped) look();
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
