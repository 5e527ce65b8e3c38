import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { closeServer, listen } from "../loopback.ts";
import { type Listening, LoopbackReceiver } from "./loopback-receiver.ts";

/** An SMS gateway's HTTP API. */
export class SmsGateway extends LoopbackReceiver {
  readonly token = randomUUID();

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  protected override async listen(wanted: number): Promise<Listening> {
    const api = new Hono();
    api.post("/messages", bearerAuth({ token: this.token }), async (context) => {
      const { to, text } = await context.req.json<{ to: string; text: string }>();
      this.keep(to, text);
      return context.json({ id: randomUUID() }, 201);
    });
    const { server, port } = await listen(api.fetch, wanted);
    return { port, close: () => closeServer(server) };
  }
}
