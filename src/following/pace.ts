import type { Clock } from "../time/clock.ts";

export interface Pace {
  /** Has the work done: at once, or when the pause is over. */
  ask(): void;
  stop(): void;
}

/** How often in a row the pause doubles. */
const doublings = 3;

/**
 * Does `work` when it is asked to, and pauses after each time; what is asked meanwhile is done together.
 * The pause doubles from turn to turn, up to eightfold, until nothing is asked in it: of a burst, the
 * first is met at once, and all of it costs a few turns.
 */
export function pace(clock: Clock, pauseMs: number, work: () => Promise<unknown>): Pace {
  let state: "idle" | "busy" | "asked again" | "stopped" = "idle";
  let inARow = 0;
  let cancel = (): void => undefined;
  const act = (): void => {
    state = "busy";
    work().then(pause, pause);
  };
  const pause = (): void => {
    if (state !== "stopped") cancel = clock.schedule(pauseMs * 2 ** Math.min(inARow, doublings), goOn);
  };
  const goOn = (): void => {
    if (state === "asked again") {
      inARow += 1;
      act();
    } else {
      inARow = 0;
      state = "idle";
    }
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
