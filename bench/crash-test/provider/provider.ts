import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** How a provider answers a request; it may take its time. */
export type Answer = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

/** A request as the provider saw it. */
export interface SeenRequest {
  /** When it had arrived, in milliseconds of `performance.now()`. */
  readonly at: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly messages: readonly { readonly content: string }[];
    readonly previous_response_id?: string;
  };
  /** Whether the caller closed the connection before the answer was complete. */
  readonly isGivenUp: boolean;
  /** Whether the provider broke the connection off itself. */
  isBroken: boolean;
}

/** An HTTP server on loopback that notes what it was asked. */
export class Provider {
  readonly requests: SeenRequest[] = [];
  answer: Answer;
  readonly #server: Server;
  #port = 0;

  static async start(answer: Answer): Promise<Provider> {
    const provider = new Provider(answer);
    await provider.resume();
    return provider;
  }

  private constructor(answer: Answer) {
    this.answer = answer;
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What it was asked, in the order in which it came. */
  get questions(): string[] {
    return this.requests.map(({ body }) => body.messages[0]?.content ?? "");
  }

  /** Listens; after `stop`, on the same port. */
  async resume(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Connections are refused from now on, and those that there are break. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as SeenRequest["body"];
    const seen = { at: performance.now(), headers: request.headers, body, isGivenUp: false, isBroken: false };
    this.requests.push(seen);
    response.on("close", () => {
      seen.isGivenUp = !response.writableFinished && !seen.isBroken;
    });
    await this.answer(response, seen);
  }
}
