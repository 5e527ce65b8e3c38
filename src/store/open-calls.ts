import type { Clock } from "../time/clock.ts";

/** What is being asked of the database. */
export interface Call {
  /** Refuses to begin, once the call was given up. */
  begin(): void;
  /** From here on its outcome counts: it is not given up any more. Refuses, once the call was given up. */
  commit(): void;
  /** Gives it up after so long, counted from now, and from the last one alone. `late` never rejects. */
  within(ms: number, late: () => Error | Promise<Error>): void;
}

/** Calls that are under way. Each can be given up: whoever made it is told so, whatever the database does. */
export class OpenCalls {
  readonly #clock: Clock;
  readonly #calls = new Set<OpenCall<unknown>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The result of `work`, which must not do anything that lasts between `commit` and its end. */
  run<T>(work: (call: Call) => Promise<T>): Promise<T> {
    const call = new OpenCall<T>(this.#clock);
    this.#calls.add(call as OpenCall<unknown>);
    work(call).then(call.resolve, call.reject);
    return call.outcome.finally(() => {
      call.stop();
      this.#calls.delete(call as OpenCall<unknown>);
    });
  }

  /** Resolves when all have come to an end. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#calls].map(({ outcome }) => outcome));
  }

  /** Gives up all that are not about to be committed. */
  end(cause: Error): void {
    for (const call of this.#calls) call.giveUp(cause);
  }
}

class OpenCall<T> implements Call {
  readonly outcome: Promise<T>;
  resolve!: (value: T) => void;
  reject!: (error: unknown) => void;
  readonly #clock: Clock;
  #cause: Error | undefined;
  #isCommitting = false;
  #cancel = (): void => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.outcome = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  begin(): void {
    this.#isCommitting = false;
    this.#check();
  }

  commit(): void {
    this.#check();
    this.#isCommitting = true;
  }

  within(ms: number, late: () => Error | Promise<Error>): void {
    this.#cancel();
    let isOver = false;
    const giveUp = async (): Promise<void> => {
      const cause = await late();
      if (!isOver) this.giveUp(cause);
    };
    const cancel = this.#clock.schedule(ms, () => void giveUp(), true);
    this.#cancel = () => {
      isOver = true;
      cancel();
    };
  }

  giveUp(cause: Error): void {
    if (this.#isCommitting) return;
    this.#cause = cause;
    this.reject(cause);
  }

  stop(): void {
    this.#cancel();
  }

  #check(): void {
    if (this.#cause !== undefined) throw this.#cause;
  }
}
