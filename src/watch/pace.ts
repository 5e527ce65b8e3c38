import type { Clock } from "../runtime/clock.ts";

export interface Pace {
  /** Has the work done: at once, or when the pause is over. */
  ask(): void;
  stop(): void;
}

/** Does `work` when it is asked to, and pauses after each time; what is asked meanwhile is done together. */
export function pace(clock: Clock, pauseMs: number, work: () => Promise<unknown>): Pace {
  let state: "idle" | "busy" | "asked again" | "stopped" = "idle";
  let cancel = (): void => undefined;
  const act = (): void => {
    state = "busy";
    work().then(pause, pause);
  };
  const pause = (): void => {
    if (state !== "stopped") cancel = clock.schedule(pauseMs, goOn);
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
