import { createServer } from "node:http";
import Koa, { type Middleware } from "koa";
import { toKoa } from "plugbay/koa";
import { describeAdapter } from "./contract.ts";
import { listening } from "./host.ts";

/** As the known ones of Koa do: the parsed body is left at the context's request. */
const bodyParser =
  (limit: number): Middleware =>
  async (context, next) => {
    if (context.is("json")) {
      const pieces: Buffer[] = [];
      for await (const piece of context.req) pieces.push(piece as Buffer);
      const body = Buffer.concat(pieces);
      if (body.length > limit) context.throw(413);
      if (body.length > 0) Object.assign(context.request, { body: JSON.parse(body.toString()) });
    }
    await next();
  };

describeAdapter({
  name: "koa",
  parser: "in front",
  start: ({ admin, jsonLimit, kind: _, ...options }) => {
    const app = new Koa();
    app.silent = true;
    if (jsonLimit !== undefined) app.use(bodyParser(jsonLimit));
    app.use(toKoa(admin, options));
    return listening(createServer(app.callback()));
  },
});
