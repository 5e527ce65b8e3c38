import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { closeServer, listen } from "../loopback.ts";
import type { Receipt, ReceivingServer } from "./receiver.ts";

/** An SMS gateway's HTTP API that keeps what it is sent. */
export class SmsGateway implements ReceivingServer {
  readonly token = randomUUID();
  readonly #receipts: Receipt[] = [];
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get isRunning(): boolean {
    return this.#server !== undefined;
  }

  async received(): Promise<readonly Receipt[]> {
    return this.#receipts;
  }

  async start(): Promise<void> {
    if (this.#server) return;
    const api = new Hono();
    api.post("/messages", bearerAuth({ token: this.token }), async (context) => {
      const { to, text } = await context.req.json<{ to: string; text: string }>();
      this.#receipts.push({ at: new Date(), to, text });
      return context.json({ id: randomUUID() }, 201);
    });
    const { server, port } = await listen(api.fetch, this.#port);
    this.#server = server;
    this.#port = port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await closeServer(server);
  }
}
