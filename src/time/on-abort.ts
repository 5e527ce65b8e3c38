/** Those who wait for one signal. */
class Waiting {
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<() => void>();
  readonly #tell = (): void => {
    for (const listener of [...this.#listeners]) listener();
  };

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(listener: () => void): void {
    if (this.#listeners.size === 0) this.#signal.addEventListener("abort", this.#tell, { once: true });
    this.#listeners.add(listener);
  }

  remove(listener: () => void): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
    this.#signal.removeEventListener("abort", this.#tell);
  }
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls `listener` when the signal is aborted, unless the returned function is called before. The signal has one
 * listener for all of them: Node warns of more than ten, and a signal that lives long may end thousands of waits.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const waiting = waitingFor.get(signal) ?? new Waiting(signal);
  waitingFor.set(signal, waiting);
  waiting.add(listener);
  return () => waiting.remove(listener);
}
