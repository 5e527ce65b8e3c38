import type { Clock } from "../time/clock.ts";

export interface Pace {
  /** Has the work done: at once, or when the pause is over. */
  ask(): void;
  stop(): void;
}

export interface PauseLimits {
  readonly shortestMs: number;
  readonly longestMs: number;
}

/**
 * Does `work` when it is asked to, and pauses after each time for as long as that took, within `limits`; what is asked
 * meanwhile is done together. So the first of a burst is met at once, and however many processes work at the same
 * time, they leave half of the time to others: to the one that writes, above all.
 */
export function pace(clock: Clock, limits: () => PauseLimits, work: () => Promise<unknown>): Pace {
  let state: "idle" | "busy" | "asked again" | "stopped" = "idle";
  let cancel = (): void => undefined;
  const act = (): void => {
    state = "busy";
    const start = clock.monotonic();
    const pause = (): void => {
      const took = clock.monotonic() - start;
      const { shortestMs, longestMs } = limits();
      if (state !== "stopped") {
        cancel = clock.schedule(Math.min(Math.max(took, shortestMs), longestMs), goOn);
      }
    };
    work().then(pause, pause);
  };
  const goOn = (): void => {
    if (state === "asked again") act();
    else state = "idle";
  };
  return {
    ask: () => {
      if (state === "idle") act();
      else if (state === "busy") state = "asked again";
    },
    stop: () => {
      state = "stopped";
      cancel();
    },
  };
}
