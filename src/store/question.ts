import { sql } from "kysely";
import type { Clock } from "../time/clock.ts";
import { DeadConnection, isDead } from "./dead-connection.ts";
import type { Db } from "./dialect.ts";
import type { Line } from "./line.ts";
import { silence, silentFor, UnansweredError } from "./silence.ts";

export interface QuestionOptions<T> {
  readonly clock: Clock;
  readonly line: Line;
  readonly openLine: () => Line;
  readonly work: (db: Db) => Promise<T>;
  /** What is asked on a second line when the first is silent: the same, or only whether the database answers. */
  readonly second: "the same" | "a sign of life";
  /** Counts what is left waiting on connections that are not plugbay's to end. */
  readonly onUnanswered: (by: 1 | -1) => void;
}

/** A line, and whether an answer is awaited on it. */
interface Asked {
  readonly line: Line;
  isOpen: boolean;
}

/** A question to the database, which may have to be asked on a second line, and is not waited for without end. */
export class Question<T> {
  readonly answer: Promise<T>;
  /** The line to go on with; undefined when there is none left. */
  line: Line | undefined;
  readonly #options: QuestionOptions<T>;
  readonly #asked: Asked[] = [];
  #resolve!: (value: T) => void;
  #reject!: (error: unknown) => void;
  #isOver = false;
  #cancel = (): void => undefined;
  #firstError: unknown;
  /** For how long nothing has come from the database, nothing over the first line, and no answer. */
  #silentMs = 0;
  #quietMs = 0;
  #totalMs = 0;
  #sinceSecondMs = Number.POSITIVE_INFINITY;
  #heard = { first: 0, second: 0 };

  constructor(options: QuestionOptions<T>) {
    const { line, work } = options;
    this.#options = options;
    this.line = line;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#heard.first = line.heard?.() ?? 0;
    this.#ask(this.#with(line), work, () => this.#wait()).then(
      (value) => this.#answered(line, value),
      (error: unknown) => {
        this.#firstError = error;
        // A second one may still have the answer; a sign of life is none.
        if (options.second === "a sign of life" || !this.#isSecondAsked()) this.#fail(error);
      },
    );
  }

  /** Gives it up. */
  end(cause: unknown): void {
    this.#fail(cause);
  }

  #with(line: Line): Asked {
    const asked = { line, isOpen: false };
    this.#asked.push(asked);
    return asked;
  }

  async #ask<R>(asked: Asked, work: (db: Db) => Promise<R>, onStart: () => void): Promise<R> {
    asked.isOpen = true;
    try {
      return await asked.line.run(work, onStart);
    } finally {
      asked.isOpen = false;
      if (this.#isOver && asked.line.end === undefined) this.#options.onUnanswered(-1);
    }
  }

  #wait(): void {
    if (!this.#isOver) this.#cancel = this.#options.clock.schedule(silence.tickMs, () => this.#tick(), true);
  }

  #tick(): void {
    this.#listen();
    const { line, second } = this.#options;
    const isShort = second === "the same";
    const limits: (readonly [number, number])[] = [
      [this.#silentMs, silence.lostMs],
      isShort || line.heard === undefined
        ? [this.#totalMs, silence.answerMs]
        : [this.#quietMs, silence.longReadMs],
    ];
    const passed = limits.find(([ms, limitMs]) => ms >= limitMs);
    if (passed) {
      const [, limitMs] = passed;
      // Signs of life came meanwhile.
      this.#fail(limitMs === silence.longReadMs ? new UnansweredError(limitMs) : silentFor(limitMs));
      return;
    }
    const isDue = isShort ? this.#asked.length === 1 : this.#sinceSecondMs >= silence.signOfLifeMs;
    if (this.#quietMs >= silence.secondLookMs && isDue && !this.#isSecondAsked()) this.#askAgain();
    this.#wait();
  }

  #listen(): void {
    this.#silentMs += silence.tickMs;
    this.#quietMs += silence.tickMs;
    this.#totalMs += silence.tickMs;
    this.#sinceSecondMs += silence.tickMs;
    const [first = 0, second = 0] = this.#asked.map(({ line }) => line.heard?.() ?? 0);
    const heard = { first, second };
    if (heard.first > this.#heard.first) this.#quietMs = 0;
    if (heard.first > this.#heard.first || heard.second > this.#heard.second) this.#silentMs = 0;
    this.#heard = heard;
  }

  #isSecondAsked(): boolean {
    return this.#asked[1]?.isOpen === true;
  }

  #askAgain(): void {
    const { openLine, work, second } = this.#options;
    const asked = this.#asked[1] ?? this.#with(openLine());
    this.#sinceSecondMs = 0;
    const nothing = (): void => undefined;
    if (second === "the same") {
      this.#ask(asked, work, nothing).then(
        (value) => this.#answered(asked.line, value),
        () => {
          if (this.#firstError !== undefined) this.#fail(this.#firstError);
        },
      );
      return;
    }
    const look = (db: Db) => sql`select 1`.execute(db);
    this.#ask(asked, look, nothing).then(() => {
      this.#silentMs = 0;
    }, nothing);
  }

  #answered(line: Line, value: T): void {
    if (this.#isOver) return;
    this.line = line;
    // First: who asks again over a line that is ended must find the new one.
    this.#resolve(value);
    this.#finish(line);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#finish(undefined);
    // Another question has found it dead, and ended it.
    if (isDead(error)) this.line = undefined;
    this.#reject(error);
  }

  /**
   * Leaves nothing waiting, and no line open but the one to go on with. Others' questions on a line that is ended can be
   * asked again, where another one answers.
   */
  #finish(kept: Line | undefined): void {
    this.#isOver = true;
    this.#cancel();
    for (const { line, isOpen } of this.#asked) {
      if (line === kept) continue;
      if (line.end === undefined) {
        if (isOpen) this.#options.onUnanswered(1);
      } else if (isOpen) {
        line.end(kept ? new DeadConnection(this.#quietMs) : silentFor(this.#quietMs));
        if (line === this.line) this.line = undefined;
      } else if (line !== this.line) void line.close?.();
    }
  }
}
