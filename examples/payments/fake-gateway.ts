import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";

export const modes = ["working", "failing", "hanging"] as const;
export type Mode = (typeof modes)[number];

/** Stands for a payment gateway on the internet. Not part of what you would copy. */
export class FakeGateway {
  mode: Mode = "working";
  readonly charges: { readonly id: string; readonly order: string; readonly cents: number }[] = [];
  readonly refunds: string[] = [];
  readonly #answers = new Map<string, object>();
  #server: Server | undefined;

  /** Resolves with its address. */
  async start(): Promise<string> {
    const app = express().use(express.json());
    app.post("/charges", (request, response) => {
      if (this.mode === "failing") return void response.sendStatus(503);
      const charge = this.#once(request.get("idempotency-key"), () => {
        const made = { id: `ch_${crypto.randomUUID()}`, ...request.body };
        this.charges.push(made);
        return made;
      });
      // It has the money, and nobody hears of it.
      if (this.mode !== "hanging") response.json(charge);
    });
    app.post("/refunds", (request, response) => {
      const refund = this.#once(request.get("idempotency-key"), () => {
        this.refunds.push(request.body.charge);
        return { refunded: request.body.charge };
      });
      response.json(refund);
    });
    const server = app.listen(0, "127.0.0.1");
    this.#server = server;
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  /** What was answered to the first request of that key, also to the next one. */
  #once(key = "", make: () => object): object {
    const answer = this.#answers.get(key) ?? make();
    this.#answers.set(key, answer);
    return answer;
  }
}
