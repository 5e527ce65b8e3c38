import type { Answer } from "./protocol.ts";

/** Calls `get` for all types every few milliseconds, and notes what was answered differently from before. */
export class Watching {
  calls = 0;
  readonly answers: Answer[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(types: readonly string[], get: (type: string) => Answer) {
    const last = new Map<string, Answer>();
    this.#timer = setInterval(() => {
      for (const type of types) {
        const before = last.get(type);
        const now = get(type);
        this.calls += 1;
        if (before?.revision === now.revision && before.itemId === now.itemId) continue;
        last.set(type, now);
        this.answers.push(now);
      }
    }, 4);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
