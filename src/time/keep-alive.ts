/** How often a process that only waits is woken, in milliseconds: it does not matter, and Node takes no more. */
const longestTimerMs = 2 ** 31 - 1;

/** Keeps the process alive while somebody waits for something that may have no timer, socket or file of its own. */
export class KeepAlive {
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;

  hold(): void {
    this.#waiting += 1;
    if (this.#waiting > 1) return;
    // One timer for good: to hold it and let it go takes a tenth of making one.
    this.#timer ??= setInterval(() => undefined, longestTimerMs);
    this.#timer.ref?.();
  }

  release(): void {
    this.#waiting -= 1;
    // A test that simulates a browser has timers that are numbers.
    if (this.#waiting === 0) this.#timer?.unref?.();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
