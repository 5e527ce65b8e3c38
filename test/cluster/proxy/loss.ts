/** How a connection ends: both ends are told, or the server's is closed and the client waits for ever. */
export type Ending = "broken" | "half-open";

/** What is done with a statement: nothing, or it or its answer is lost, and the connection ends. */
export type Fate = { readonly lost: "statement" | "answer"; readonly ending: Ending } | undefined;

/** Statements of one kind that get lost. */
export class Loss {
  readonly #statement: RegExp;
  readonly #fate: Fate;
  readonly #times: number;
  #count = 0;

  constructor(statement: RegExp, fate: Fate, times: number) {
    this.#statement = statement;
    this.#fate = fate;
    this.#times = times;
  }

  /** How many have been lost so far. */
  get count(): number {
    return this.#count;
  }

  /** What becomes of this statement; undefined: nothing, by this loss. */
  take(statement: string): Fate {
    if (this.#count >= this.#times || !this.#statement.test(statement)) return undefined;
    this.#count += 1;
    return this.#fate;
  }
}
