import type { Clock } from "../runtime/clock.ts";

/**
 * Calls `check` again and again, about every `intervalMs`, each time after the last call has ended; the
 * pauses vary by a fifth, so that processes do not ask in step. A failed check changes nothing: the next
 * one comes. Returns the function that ends it.
 */
export function poll(clock: Clock, intervalMs: number, check: () => Promise<void>): () => void {
  let stopped = false;
  let cancel = (): void => undefined;
  const wait = (): void => {
    if (stopped) return;
    cancel = clock.schedule(intervalMs * (0.9 + Math.random() * 0.2), () => {
      check().then(wait, wait);
    });
  };
  wait();
  return () => {
    stopped = true;
    cancel();
  };
}
