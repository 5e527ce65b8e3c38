import type { Clock } from "../../time/clock.ts";

/** How long an answer is good, in milliseconds: processes tell the database every 10 seconds. */
const goodMs = 2_000;

/** So many answers are kept. */
const mostAnswers = 100;

/** What was read a moment ago, or is being read: several people look at the same page. */
export class Recent {
  readonly #clock: Clock;
  readonly #answers = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer that is known under a key, or else what `read` gives. */
  get<T>(key: string, read: () => Promise<T>): Promise<T> {
    const now = this.#clock.monotonic();
    const known = this.#answers.get(key);
    if (known && now - known.at < goodMs) return known.answer as Promise<T>;
    const answer = read();
    this.#answers.delete(key);
    this.#answers.set(key, { at: now, answer });
    answer.catch(() => {
      if (this.#answers.get(key)?.answer === answer) this.#answers.delete(key);
    });
    for (const [oldest, { at }] of this.#answers) {
      if (this.#answers.size <= mostAnswers && now - at < goodMs) break;
      this.#answers.delete(oldest);
    }
    return answer;
  }
}
