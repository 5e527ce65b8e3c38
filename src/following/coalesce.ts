/**
 * Runs `work` one at a time. Calls that come while it runs share one further run, which starts after
 * they were made: so each caller gets a result that includes what happened before its call.
 */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    const run = work().finally(() => {
      if (running === run) running = undefined;
    });
    running = run;
    return run;
  };
  return () => {
    if (running === undefined && next === undefined) return start();
    next ??= Promise.allSettled([running]).then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}
