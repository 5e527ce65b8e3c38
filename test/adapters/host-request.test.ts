import "reflect-metadata";
import { createServer, type IncomingMessage } from "node:http";
import { getRequestListener } from "@hono/node-server";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import express from "express";
import fastify, { type FastifyRequest } from "fastify";
import { type Context, Hono } from "hono";
import Koa from "koa";
import { openPlugbay, type Plugbay } from "plugbay";
import { type Authorization, createAdmin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toKoa } from "plugbay/koa";
import { toNest } from "plugbay/nest";
import { toNext } from "plugbay/next";
import { toNode } from "plugbay/node";
import { sqlite } from "plugbay/sqlite";
import { afterEach, expect, test } from "vitest";
import { Client } from "./client.ts";
import { type Host, listening, ofServer } from "./host.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** Who the application's sign-in has found: whoever sends a header, in these. */
type User = string | undefined;
interface SignedIn {
  user?: User;
}
const userOf = ({ headers }: IncomingMessage): User => headers["x-user"] as User;
const allow = (user: User): Authorization | null => (user ? { actor: user, access: "write" } : null);

const adminFor = <HostRequest>(plugbay: Plugbay, find: (host: HostRequest) => User) =>
  createAdmin(plugbay, { basePath: "/admin", authorize: (_request, host: HostRequest) => allow(find(host)) });

const onNest = async (mount: (app: NestFastifyApplication) => unknown): Promise<Host> => {
  class Empty {}
  common.Module({})(Empty);
  const app = await NestFactory.create<NestFastifyApplication>(Empty, new FastifyAdapter(), {
    logger: false,
  });
  await mount(app);
  await app.listen(0, "127.0.0.1");
  return ofServer(app.getHttpServer());
};

const hosts: Record<string, (plugbay: Plugbay) => Promise<Host>> = {
  node: (plugbay) => listening(createServer(toNode(adminFor(plugbay, userOf)))),
  express: (plugbay) => {
    const app = express();
    app.use((request, _response, next) => {
      Object.assign(request, { user: userOf(request) });
      next();
    });
    app.use("/admin", toExpress(adminFor(plugbay, ({ user }: express.Request & SignedIn) => user)));
    return listening(createServer(app));
  },
  fastify: async (plugbay) => {
    const app = fastify();
    app.decorateRequest("user", undefined);
    app.addHook("onRequest", async (request) => {
      (request as SignedIn).user = userOf(request.raw);
    });
    await app.register(toFastify(adminFor(plugbay, ({ user }: FastifyRequest & SignedIn) => user)));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  },
  koa: (plugbay) => {
    const app = new Koa();
    app.use((context, next) => {
      context.state.user = userOf(context.req);
      return next();
    });
    app.use(toKoa(adminFor(plugbay, ({ state }: Koa.Context) => state.user)));
    return listening(createServer(app.callback()));
  },
  hono: (plugbay) => {
    interface Variables {
      Variables: { user: User };
    }
    const app = new Hono<Variables>();
    app.use((context, next) => {
      context.set("user", context.req.header("x-user"));
      return next();
    });
    app.use(toHono(adminFor(plugbay, (context: Context<Variables>) => context.get("user"))));
    return listening(createServer(getRequestListener(app.fetch)));
  },
  "nest on fastify, as a middleware": (plugbay) =>
    onNest((app) => app.use(toNest(adminFor(plugbay, userOf)))),
  "nest on fastify, as a plugin": (plugbay) =>
    onNest((app) => {
      const instance = app.getHttpAdapter().getInstance();
      instance.addHook("onRequest", async (request) => {
        Object.assign(request, { user: userOf(request.raw) });
      });
      return app.register(
        toFastify(adminFor(plugbay, ({ user }: FastifyRequest & SignedIn) => user)) as never,
      );
    }),
};

test.each(Object.entries(hosts))("authorize gets the request of %s", async (_name, start) => {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [] });
  const host = await start(plugbay);
  const client = new Client(host.port);
  endings.push(
    host.close,
    () => client.close(),
    () => plugbay.close(),
  );
  expect(await client.ask("/admin/api/session")).toMatchObject({ status: 401 });
  const answer = await client.ask("/admin/api/session", { headers: { "x-user": "alice" } });
  expect([answer.status, answer.json()]).toMatchObject([200, { actor: "alice" }]);
  const events = await client.open("/admin/api/events", { headers: { "x-user": "alice" } });
  expect(events.statusCode).toBe(200);
  events.destroy();
});

test("authorize gets the request of next, and what fetch is handed", async () => {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [] });
  endings.push(() => plugbay.close());
  const { GET } = toNext(adminFor(plugbay, ({ user }: Request & SignedIn) => user));
  const request = () => new Request("http://localhost/admin/api/session");
  expect(await GET(request())).toMatchObject({ status: 401 });
  expect(await GET(Object.assign(request(), { user: "alice" }))).toMatchObject({ status: 200 });
  const admin = adminFor(plugbay, ({ user }: SignedIn) => user);
  expect(await admin.fetch(request(), { user: "alice" })).toMatchObject({ status: 200 });
});
