import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export const modes = ["working", "refusing", "silent", "breaking"] as const;
export type Mode = (typeof modes)[number];

/** Stands for a model on the internet. Not part of what you would copy. */
export class FakeModel {
  mode: Mode = "working";
  readonly #name: string;
  readonly #server: Server;

  constructor(name: string) {
    this.#name = name;
    this.#server = createServer(async (request, response) => {
      const prompt = Buffer.concat(await request.toArray()).toString();
      await this.#answer(prompt, response);
    });
  }

  /** Resolves with its address. */
  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(prompt: string, response: ServerResponse): Promise<void> {
    const { mode } = this;
    if (mode === "refusing") return void response.writeHead(503).end();
    if (mode === "silent") return;
    const words = `The ${this.#name} model has no idea about "${prompt}".`.split(/(?<= )/);
    for (const [index, word] of words.entries()) {
      if (mode === "breaking" && index === 3) return void response.destroy();
      response.write(word);
      await pause(30);
    }
    response.end();
  }
}
