import type { Socket } from "node:net";
import { Delayed } from "./delayed.ts";
import type { Ending, Fate } from "./loss.ts";
import type { Wire } from "./wire.ts";

/** Whom something is on its way to. */
export type Towards = "client" | "server";

export interface Network {
  delayMs(towards: Towards): number;
  fateOf(statement: string): Fate;
}

/** A connection through the proxy. */
export class Line {
  /** The statements that the client sent, in order. */
  readonly statements: string[] = [];
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #wire: Wire;
  readonly #network: Network;
  readonly #ways = { client: new Delayed(), server: new Delayed() };
  #isSilent = false;
  #lastTowards: Towards = "client";
  #turns = 0;
  #losing: { readonly answer: number; readonly ending: Ending } | undefined;

  constructor(client: Socket, server: Socket, wire: Wire, network: Network) {
    this.#client = client;
    this.#server = server;
    this.#wire = wire;
    this.#network = network;
    client.on("data", (bytes) => this.#fromClient(bytes));
    server.on("data", (bytes) => this.#fromServer(bytes));
    this.#carryEnds(client, "server");
    this.#carryEnds(server, "client");
  }

  /**
   * How often the client spoke after the server had: each time costs it the way there and back. Those of the
   * handshake count as well.
   */
  get turns(): number {
    return this.#turns;
  }

  /** It stays open and carries nothing any more, for good. */
  silence(): void {
    this.#isSilent = true;
  }

  /** The server's end is closed, and the client is never told. */
  halfOpen(): void {
    this.#isSilent = true;
    this.#server.destroy();
  }

  /** It breaks, and both ends are told. */
  break(): void {
    this.#client.resetAndDestroy();
    this.#server.destroy();
  }

  onEnd(listener: () => void): void {
    this.#client.on("close", listener);
  }

  #fromClient(bytes: Buffer): void {
    if (this.#lastTowards === "client") this.#turns += 1;
    this.#lastTowards = "server";
    for (const { bytes: part, statement, answer } of this.#wire.fromClient(bytes)) {
      if (statement !== undefined) {
        this.statements.push(statement);
        const fate = this.#network.fateOf(statement);
        if (fate?.lost === "statement") {
          this.#end(fate.ending);
          return;
        }
        if (fate?.lost === "answer") this.#losing = { answer, ending: fate.ending };
      }
      this.#carry("server", () => void this.#server.write(part));
    }
  }

  #fromServer(bytes: Buffer): void {
    this.#lastTowards = "client";
    for (const { bytes: part, answer, isDone } of this.#wire.fromServer(bytes)) {
      const losing = this.#losing;
      const isLost = losing !== undefined && answer >= losing.answer;
      if (!isLost) this.#carry("client", () => void this.#client.write(part));
      else if (isDone) {
        this.#end(losing.ending);
        return;
      }
    }
  }

  #end(ending: Ending): void {
    if (ending === "broken") this.break();
    else this.halfOpen();
  }

  #carry(towards: Towards, what: () => void): void {
    if (this.#isSilent) return;
    this.#ways[towards].add(this.#network.delayMs(towards), () => {
      if (!this.#isSilent) what();
    });
  }

  #carryEnds(from: Socket, towards: Towards): void {
    const to = () => (towards === "server" ? this.#server : this.#client);
    from.on("end", () => this.#carry(towards, () => void to().end()));
    // A broken side is what this is for; "close" follows.
    from.on("error", () => undefined);
    from.on("close", () => this.#carry(towards, () => void to().destroy()));
  }
}
