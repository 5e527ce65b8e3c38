import type { Socket } from "node:net";
import type { OwnConnections } from "./own-connections.ts";

/** What a server answers at once, whatever locks others hold. On MySQL more may follow in the same text. */
const answeredAtOnce = /^(begin|start transaction|set transaction|select 1$)/i;
const beginsTransaction = /^(begin|start transaction|set transaction)/i;
const endsTransaction = /^(commit|rollback)$/i;

/** Whether an error is what the server answered. Others leave open what it has done, and is still doing. */
export type IsAnswer = (error: unknown) => boolean;

/**
 * Follows what is asked over one connection of a pool. A connection goes back to its pool only when the server has
 * answered everything, and no transaction is open: it is somebody else's next.
 */
export class ConnectionUse {
  readonly #isAnswer: IsAnswer;
  readonly #own: OwnConnections | undefined;
  readonly #socket: Socket | undefined;
  /** Its handshake was a moment ago. */
  #isNew = true;
  #isInTransaction = false;
  #isUnanswered = false;

  /** `own` is absent where the pool is the application's. */
  constructor(isAnswer: IsAnswer, stream: unknown, own: OwnConnections | undefined) {
    this.#isAnswer = isAnswer;
    this.#own = own;
    this.#socket = own?.take(stream);
  }

  begin(): void {
    this.#isInTransaction = false;
    this.#isUnanswered = false;
    if (this.#socket) this.#own?.lent(this.#socket);
  }

  /** @returns what is to be called when the answer has come, or an error in its place */
  ask(statement: string): (error?: unknown) => void {
    if (beginsTransaction.test(statement)) this.#isInTransaction = true;
    const isExpected = !this.#isNew && answeredAtOnce.test(statement);
    const stop = isExpected && this.#socket ? this.#own?.expectAnswer(this.#socket) : undefined;
    this.#isNew = false;
    return (error) => {
      stop?.();
      this.#isUnanswered = Boolean(error) && !this.#isAnswer(error);
      if (!error && endsTransaction.test(statement)) this.#isInTransaction = false;
    };
  }

  /** Whether the connection may be used again. One that may not has to be closed. */
  end(): boolean {
    const isClean = !this.#isInTransaction && !this.#isUnanswered;
    if (isClean && this.#socket) this.#own?.returned(this.#socket);
    return isClean;
  }
}
