/** Does something when asked, in its own time. */
export interface Paced {
  /** At once where it may; else as soon as it may, once for all who asked meanwhile. */
  ask(): void;
  stop(): void;
}

interface Pace {
  /** How often it may be done in the long run: once in so many milliseconds. */
  readonly pauseMs: number;
  /** So many times it may be done without a pause, after as many pauses without. */
  readonly burst: number;
}

/** Does `act` no more often than its pace allows, and never while it is still being done. */
export function paced(act: () => Promise<unknown>, { pauseMs, burst }: Pace): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isActing = false;
  let isAsked = false;
  let isStopped = false;
  // Each time takes a pause of its own, one after the other: until then, by the page's clock, in milliseconds.
  let takenUntil = 0;

  const next = () => {
    if (isStopped || !isAsked || isActing || timer !== undefined) return;
    const now = performance.now();
    const waitMs = takenUntil - (burst - 1) * pauseMs - now;
    if (waitMs > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        next();
      }, waitMs);
      return;
    }
    isAsked = false;
    isActing = true;
    takenUntil = Math.max(takenUntil, now) + pauseMs;
    const done = () => {
      isActing = false;
      next();
    };
    act().then(done, done);
  };

  return {
    ask() {
      isAsked = true;
      next();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
