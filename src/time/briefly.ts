import type { Clock } from "./clock.ts";
import { within } from "./deadline.ts";

/** Waits for `work` for so many milliseconds at most. @throws what it fails with in that time */
export async function briefly(clock: Clock, work: Promise<unknown>, ms: number): Promise<void> {
  const late = Symbol("late");
  await within(work, { clock, ms, late: () => late }).catch((error: unknown) => {
    if (error !== late) throw error;
  });
}
