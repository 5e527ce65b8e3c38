import "reflect-metadata";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import express from "express";
import express4 from "express4";
import fastify from "fastify";
import { Hono } from "hono";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toNest } from "plugbay/nest";
import { expect, test } from "vitest";
import type { Admin } from "../../src/admin/admin.ts";
import { Client } from "./client.ts";
import { type Host, listening, ofServer } from "./host.ts";
import { type Echo, testAdmin } from "./test-admin.ts";

const basePath = "/admin/plugins";

type Start = (admin: Admin) => Promise<Host>;

const onExpress = (mount: (app: express.Express, admin: Admin) => unknown): Start[] =>
  [express, express4].map((framework) => (admin) => {
    const app = framework();
    mount(app, admin);
    return listening(createServer(app));
  });

const onHono =
  (mount: (admin: Admin) => Hono): Start =>
  (admin) =>
    listening(createServer(getRequestListener(mount(admin).fetch)));

const hosts: Record<string, Start[]> = {
  "a middleware of Express": onExpress((app, admin) => app.use(basePath, toExpress(admin))),
  "a middleware of Express, in other letters": onExpress((app, admin) =>
    app.use("/ADMIN/plugins/", toExpress(admin)),
  ),
  "a router of Express": onExpress((app, admin) =>
    app.use("/admin", express.Router().use("/plugins", toExpress(admin))),
  ),
  "a router of Express that has parameters": onExpress((app, admin) =>
    app.use("/:area", express.Router({ mergeParams: true }).use(toExpress(admin))),
  ),
  "applications of Express in one another": onExpress((app, admin) =>
    app.use("/admin", express().use("/plugins", express().use(toExpress(admin)))),
  ),
  "all requests of a route of Express": onExpress((app, admin) =>
    app.all(/^\/admin\/plugins/, toExpress(admin)),
  ),
  "a route of Hono": [onHono((admin) => new Hono().all(`${basePath}/*`, toHono(admin)))],
  "an application in one of Hono": [
    onHono((admin) => new Hono().route("/admin", new Hono().use("/plugins/*", toHono(admin)))),
  ],
  "an application of Hono that is not strict": [
    onHono((admin) => new Hono({ strict: false }).use(toHono(admin))),
  ],
  "an application that Hono mounts, told the path that it gets": [
    onHono((admin) => new Hono().mount("/admin", new Hono().use(toHono(admin, { path: "/plugins" })).fetch)),
  ],
  "a prefix of Fastify": [
    async (admin) => {
      const app = fastify();
      await app.register(toFastify(admin), { prefix: "/admin" });
      await app.listen({ port: 0, host: "127.0.0.1" });
      return ofServer(app.server);
    },
  ],
  "a middleware of Nest": [false, true].map((isFastify) => async (admin) => {
    class Empty {}
    common.Module({})(Empty);
    const app = isFastify
      ? await NestFactory.create(Empty, new FastifyAdapter(), { logger: false })
      : await NestFactory.create(Empty, { logger: false });
    app.use(basePath, toNest(admin));
    await app.listen(0, "127.0.0.1");
    return ofServer(app.getHttpServer());
  }),
};

test.each(Object.entries(hosts).flatMap(([name, starts]) => starts.map((start) => [name, start] as const)))(
  "the panel answers as %s",
  async (_name, start) => {
    const host = await start(testAdmin(basePath));
    const client = new Client(host.port);
    const statuses = [];
    for (const path of ["", "/", "?a=1", "/?a=1", "/api/types"]) {
      statuses.push((await client.ask(`${basePath}${path}`)).status);
    }
    const path = "/api/echo/a%25b%20c/%C3%A9;v=1?x=%2F&y=/z";
    const { url } = (await client.ask(`${basePath}${path}`)).json<Echo>();
    client.close();
    await host.close();
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(new URL(url).pathname + new URL(url).search).toBe(`${basePath}${path}`);
  },
);
