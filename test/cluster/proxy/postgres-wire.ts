import { type ClientPart, Messages, type ServerPart, type Wire } from "./wire.ts";

const [sslRequest, gssRequest] = [80877103, 80877104];

/** PostgreSQL's protocol of version 3, without encryption. An answer ends with ReadyForQuery. */
export class PostgresWire implements Wire {
  readonly #client = new Messages();
  readonly #server = new Messages();
  /** Prepared statements by name, and portals by name: both are texts. */
  readonly #prepared = new Map<string, string>();
  readonly #portals = new Map<string, string>();
  #isStarted = false;
  /** Answers of one byte that the client asked for, on whether the connection can be encrypted. */
  #refusals = 0;
  #asked = 0;
  #answered = 0;

  fromClient(bytes: Buffer): ClientPart[] {
    return this.#client
      .take(bytes, (rest) => lengthAfter(rest, this.#isStarted ? 1 : 0))
      .map((message) => this.#ask(message));
  }

  fromServer(bytes: Buffer): ServerPart[] {
    return this.#server
      .take(bytes, (rest) => {
        if (this.#refusals === 0) return lengthAfter(rest, 1);
        if (String.fromCharCode(rest[0] ?? 0) === "S")
          throw new Error("an encrypted connection tells nothing");
        this.#refusals -= 1;
        return 1;
      })
      .map((message) => {
        const isDone = message.length > 1 && typeOf(message) === "Z";
        const answer = this.#answered + 1;
        if (isDone) this.#answered += 1;
        return { bytes: message, answer, isDone };
      });
  }

  #ask(bytes: Buffer): ClientPart {
    if (!this.#isStarted) {
      const code = bytes.readInt32BE(4);
      if (code === sslRequest || code === gssRequest) this.#refusals += 1;
      else {
        this.#isStarted = true;
        this.#asked += 1;
      }
      return { bytes, answer: this.#asked };
    }
    const answer = this.#asked + 1;
    const [first = "", second = ""] = bytes.toString("utf8", 5).split("\0");
    switch (typeOf(bytes)) {
      case "Q":
        this.#asked += 1;
        return { bytes, answer, statement: first };
      case "S":
        this.#asked += 1;
        return { bytes, answer };
      case "P":
        this.#prepared.set(first, second);
        return { bytes, answer };
      case "B":
        this.#portals.set(first, this.#prepared.get(second) ?? "");
        return { bytes, answer };
      case "E":
        return { bytes, answer, statement: this.#portals.get(first) ?? "" };
      default:
        return { bytes, answer };
    }
  }
}

const typeOf = (message: Buffer): string => String.fromCharCode(message[0] ?? 0);

/** A message's length counts itself, but not the letter before it. */
function lengthAfter(rest: Buffer, letters: 0 | 1): number | undefined {
  return rest.length < letters + 4 ? undefined : letters + rest.readInt32BE(letters);
}
