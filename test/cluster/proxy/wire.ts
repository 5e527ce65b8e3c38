/** Follows what the two ends of one connection say to each other, by the protocol of a kind of server. */
export interface Wire {
  fromClient(bytes: Buffer): ClientPart[];
  fromServer(bytes: Buffer): ServerPart[];
}

/** Whole messages of a client. */
export interface ClientPart {
  readonly bytes: Buffer;
  /** The text of the statement that they ask for. */
  readonly statement?: string;
  /** Which of the server's answers is the one to them, counted from the start of the connection. */
  readonly answer: number;
}

/** A server's message. */
export interface ServerPart {
  readonly bytes: Buffer;
  /** Which answer it belongs to. */
  readonly answer: number;
  /** Whether the server says by it that it has done what it was asked. */
  readonly isDone: boolean;
}

/** What is not understood is carried as it comes. */
export const anyWire = (): Wire => ({
  fromClient: (bytes) => [{ bytes, answer: 0 }],
  fromServer: (bytes) => [{ bytes, answer: 0, isDone: false }],
});

/** Cuts a stream into messages, and keeps the beginning of one until the rest has come. */
export class Messages {
  #rest = Buffer.alloc(0);

  /** @param lengthOf how long the message is that begins these bytes; undefined: too few to tell */
  take(bytes: Buffer, lengthOf: (rest: Buffer) => number | undefined): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const messages: Buffer[] = [];
    for (;;) {
      const length = this.#rest.length === 0 ? undefined : lengthOf(this.#rest);
      if (length === undefined || length > this.#rest.length) return messages;
      messages.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
  }
}
