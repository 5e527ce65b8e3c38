import type { Clock } from "../time/clock.ts";
import type { Db } from "./dialect.ts";
import type { Line } from "./line.ts";
import { Question, type QuestionOptions } from "./question.ts";
import { silence, silentFor } from "./silence.ts";

type Work<T> = (db: Db) => Promise<T>;

/** Of connections that are not plugbay's to end, no more than so many are left waiting for an answer. */
const mostUnanswered = 5;

/**
 * Reads on a line of their own. When that is silent, a second one is opened, and whichever answers first serves
 * from then on; the other one is ended. So a connection whose other side vanished without a word costs a second.
 */
export class Reads {
  readonly #clock: Clock;
  readonly #openLine: () => Line;
  readonly #onSilence: () => void;
  readonly #open = new Set<(cause: Error) => void>();
  #line: Line;
  #unanswered = 0;
  #isClosed = false;

  constructor(clock: Clock, openLine: () => Line, onSilence: () => void = () => undefined) {
    this.#clock = clock;
    this.#openLine = openLine;
    this.#onSilence = onSilence;
    this.#line = openLine();
  }

  /** Asks what is quickly answered. */
  look<T>(work: Work<T>): Promise<T> {
    return this.#ask(work, "the same");
  }

  /** Reads what may take long: it is not read twice. */
  read<T>(work: Work<T>): Promise<T> {
    return this.#ask(work, "a sign of life");
  }

  /** Does what nobody waits for. */
  use<T>(work: Work<T>): Promise<T> {
    return this.#line.run(work, () => undefined);
  }

  /** Ends what is asked with `cause`, and closes the line. */
  async close(cause: Error): Promise<void> {
    this.#isClosed = true;
    for (const end of this.#open) end(cause);
    await this.#line.close?.();
  }

  async #ask<T>(work: Work<T>, second: QuestionOptions<T>["second"]): Promise<T> {
    if (this.#unanswered >= mostUnanswered) throw silentFor(silence.lostMs);
    const line = this.#line;
    const question = new Question<T>({
      ...{ clock: this.#clock, openLine: this.#openLine, line, work, second },
      onUnanswered: (by) => {
        this.#unanswered += by;
      },
    });
    const end = (cause: Error): void => question.end(cause);
    this.#open.add(end);
    try {
      return await question.answer;
    } finally {
      this.#open.delete(end);
      this.#goOn(line, question.line);
    }
  }

  /** Another question may have gone on to another line before. */
  #goOn(before: Line, after: Line | undefined): void {
    if (after !== before) this.#onSilence();
    if (this.#isClosed) void after?.close?.();
    else if (this.#line === before) this.#line = after ?? this.#openLine();
    else if (after !== before && after !== this.#line) void after?.close?.();
  }
}
