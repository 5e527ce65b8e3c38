import express, { type Express, type Request } from "express";
import type { Plugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { type FakeGateway, modes } from "./fake-gateway.ts";
import { Sessions } from "./sessions.ts";
import type { Shop } from "./shop.ts";

const signInPage = `<!doctype html><title>Sign in</title>
<form method="post" action="/sign-in">
  <label>Name <input name="name" autofocus></label>
  <label>Password <input name="password" type="password"></label>
  <button>Sign in</button>
</form>`;

export function createApp(plugbay: Plugbay, shop: Shop, fakes: ReadonlyMap<string, FakeGateway>): Express {
  const app = express();
  const sessions = new Sessions();
  const admin = createAdmin(plugbay, {
    basePath: "/admin",
    title: "Payments",
    authorize: (_request, request: Request) => {
      const actor = sessions.userOf(request);
      return actor === undefined ? null : { actor, access: "write" };
    },
  });
  app.use(toExpress(admin));
  app.use(express.json(), express.urlencoded());

  app.get("/", (request, response) => {
    if (sessions.userOf(request) === undefined) response.send(signInPage);
    else response.redirect("/admin");
  });
  app.post("/sign-in", ({ body }, response) => {
    if (sessions.signIn(response, body.name, body.password)) response.redirect(303, "/admin");
    else response.status(401).send(signInPage);
  });

  app.get("/orders/:order", async ({ params }, response) => {
    response.json((await shop.chargeOf(params.order)) ?? null);
  });
  app.post("/orders/:order/pay", async ({ params, body }, response) => {
    if (!Number.isSafeInteger(body?.cents) || body.cents <= 0) return void response.sendStatus(422);
    response.json(await shop.pay(params.order, body.cents));
  });
  app.post("/orders/:order/refund", async ({ params }, response) => {
    response.json((await shop.refund(params.order)) ?? null);
  });

  // What the fake gateways do.
  app.post("/gateways/:name/:mode", ({ params }, response) => {
    const fake = fakes.get(params.name);
    const mode = modes.find((one) => one === params.mode);
    if (fake === undefined || mode === undefined) return void response.sendStatus(404);
    fake.mode = mode;
    response.sendStatus(204);
  });
  return app;
}
