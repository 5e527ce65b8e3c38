import type { Stop } from "./deadline.ts";

/** Tells all who listen, once, that what they wait for is not waited for any longer. */
export class Closing implements Stop {
  readonly #listeners = new Set<(reason: unknown) => void>();
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  onStop(listener: (reason: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  begin(reason: unknown): void {
    this.#hasBegun = true;
    for (const listener of [...this.#listeners]) listener(reason);
  }
}
