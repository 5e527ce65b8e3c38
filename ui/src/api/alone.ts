/** How long whoever had it before may take to let it go. Then it is taken from them: they hang. */
const patienceMs = 5_000;

/** For how long it is kept after its end, in which the server sees that end. */
const lingerMs = 100;

/**
 * Has something going in one tab of this browser at a time: `begin` is called once no other tab has it going any more,
 * and returns what ends it. Returns a function that ends it, or gives up waiting. Outside of secure contexts browsers
 * have no locks; there it begins at once.
 */
export function alone(name: string, begin: () => () => void): () => void {
  const { locks } = navigator as Partial<Navigator>;
  if (locks === undefined) return begin();
  const waiting = new AbortController();
  const impatience = setTimeout(() => waiting.abort(), patienceMs);
  let isOver = false;
  let end: (() => void) | undefined;
  let letGo: () => void = () => undefined;

  const keep = async (): Promise<void> => {
    clearTimeout(impatience);
    if (isOver) return;
    end = begin();
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
  };
  const stop = (): void => {
    isOver = true;
    clearTimeout(impatience);
    waiting.abort();
    end?.();
    end = undefined;
    setTimeout(letGo, lingerMs);
  };

  void (async () => {
    try {
      await locks.request(name, { signal: waiting.signal }, keep);
    } catch {
      // Another tab has taken it from this one.
      if (end) return stop();
      if (!isOver) await locks.request(name, { steal: true }, keep).catch(stop);
    }
  })();
  return stop;
}
