/** Does things in the order in which they came, each so many milliseconds later than that. */
export class Delayed {
  readonly #waiting: { readonly at: number; readonly what: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  add(lateMs: number, what: () => void): void {
    if (lateMs === 0 && this.#waiting.length === 0) {
      what();
      return;
    }
    this.#waiting.push({ at: performance.now() + lateMs, what });
    this.#wait();
  }

  #wait(): void {
    const [first] = this.#waiting;
    if (first === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#waiting.shift();
        first.what();
        this.#wait();
      },
      Math.max(0, first.at - performance.now()),
    );
  }
}
