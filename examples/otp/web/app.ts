import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { Plugbay } from "plugbay";
import type { DeliveryLog } from "../delivery-log.ts";
import { otp } from "../otp.ts";
import type { ReceivingServer } from "../receivers/receiver.ts";
import { sendMessage } from "../send-message.ts";
import type { DemoUser } from "./demo-user.ts";
import { page } from "./page.ts";
import { panelRoutes } from "./panel.ts";

export interface AppParts {
  readonly plugbay: Plugbay;
  readonly log: DeliveryLog;
  /** Who may open the panel. */
  readonly user: DemoUser;
  /** The receivers that can be stopped, by the name of the provider that delivers to them. */
  readonly servers: ReadonlyMap<string, ReceivingServer>;
}

const entriesShown = 50;

export function createApp({ plugbay, log, user, servers }: AppParts): Hono {
  const app = new Hono();

  app.get("/", async (context) =>
    context.html(
      page({
        message: `Your code is ${randomInt(100_000, 1_000_000)}`,
        providers: plugbay.explain(otp).filter(({ reason }) => reason !== "retired"),
        servers,
        entries: await log.latest(entriesShown),
      }),
    ),
  );

  app.post("/messages", async (context) => {
    const { number, message } = await context.req.parseBody();
    if (!isFilled(number) || !isFilled(message)) return context.text("Give a number and a message.", 400);
    await sendMessage(plugbay, log, number.trim(), message.trim());
    return context.redirect("/", 303);
  });

  app.post("/servers/:provider", async (context) => {
    const server = servers.get(context.req.param("provider"));
    if (server === undefined) return context.text("This provider has no server here.", 404);
    const { state } = await context.req.parseBody();
    if (state === "stopped") await server.stop();
    else await server.start();
    return context.redirect("/", 303);
  });

  app.route("/", panelRoutes(plugbay, user));

  app.use(serveStatic({ root: fileURLToPath(new URL("public", import.meta.url)) }));

  return app;
}

const isFilled = (field: unknown): field is string => typeof field === "string" && field.trim() !== "";
