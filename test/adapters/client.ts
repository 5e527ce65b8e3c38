import { Buffer } from "node:buffer";
import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { finished } from "node:stream/promises";
import type { Echo } from "./test-admin.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  json<T>(): T;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A client that sends paths and headers as they are given, which `fetch` does not. */
export class Client {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(port: number) {
    this.#port = port;
  }

  /** Resolves when the head of the answer has arrived. */
  async open(path: string, { method = "GET", headers = {}, body }: Question = {}): Promise<IncomingMessage> {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const sent = request({
      host: "127.0.0.1",
      port: this.#port,
      path,
      method,
      agent: this.#agent,
      headers: { ...length, ...headers },
    });
    sent.end(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    return answer;
  }

  async ask(path: string, question?: Question): Promise<Answer> {
    const answer = await this.open(path, question);
    const pieces: Buffer[] = [];
    answer.on("data", (piece: Buffer) => pieces.push(piece));
    await finished(answer);
    const body = Buffer.concat(pieces);
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      body,
      json: () => JSON.parse(body.toString()),
    };
  }

  async echo(path: string, question?: Question): Promise<Echo> {
    return (await this.ask(path, question)).json<Echo>();
  }

  close(): void {
    this.#agent.destroy();
  }
}
