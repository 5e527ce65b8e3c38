/** Does something when asked, in its own time. */
export interface Paced {
  /** At once where it may; else as soon as it may, once for all who asked meanwhile. */
  ask(): void;
  stop(): void;
}

/** Does `act` at most once in `pauseMs`, and never while it is still being done. */
export function paced(act: () => Promise<unknown>, pauseMs: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isActing = false;
  let isAsked = false;
  let isStopped = false;

  const next = () => {
    if (isStopped || !isAsked || isActing || timer !== undefined) return;
    isAsked = false;
    isActing = true;
    timer = setTimeout(() => {
      timer = undefined;
      next();
    }, pauseMs);
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
