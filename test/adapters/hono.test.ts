import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { toHono } from "plugbay/hono";
import { describeAdapter } from "./contract.ts";
import { listening } from "./host.ts";

describeAdapter({
  name: "hono",
  parser: "in front",
  start: ({ admin, jsonLimit, kind: _, ...options }) => {
    const app = new Hono();
    if (jsonLimit !== undefined) {
      app.use(bodyLimit({ maxSize: jsonLimit }));
      app.use(async ({ req }, next) => {
        if (req.header("content-type") === "application/json") await req.json().catch(() => undefined);
        await next();
      });
    }
    app.use(toHono(admin, options));
    app.onError((error, context) =>
      error instanceof HTTPException ? error.getResponse() : context.text("the host's 500", 500),
    );
    return listening(createServer(getRequestListener(app.fetch)));
  },
});
