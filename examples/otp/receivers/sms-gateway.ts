import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { closeServer, listen } from "../loopback.ts";
import { type Listening, LoopbackReceiver } from "./loopback-receiver.ts";

/** An SMS gateway's HTTP API, for one account. */
export class SmsGateway extends LoopbackReceiver {
  readonly token: string;

  constructor({ token = randomUUID() as string, port = 0 } = {}) {
    super(port);
    this.token = token;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  protected override async listen(wanted: number): Promise<Listening> {
    const api = new Hono();
    api.use(bearerAuth({ token: this.token }));
    api.get("/account", (context) => context.json({ account: "demo" }));
    api.post("/messages", async (context) => {
      const { to, text } = await context.req.json<{ to: string; text: string }>();
      this.keep(to, text);
      return context.json({ id: randomUUID() }, 201);
    });
    const { server, port } = await listen(api.fetch, wanted);
    return { port, close: () => closeServer(server) };
  }
}
