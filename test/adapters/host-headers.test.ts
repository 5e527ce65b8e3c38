import "reflect-metadata";
import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import express from "express";
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import Koa from "koa";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toKoa } from "plugbay/koa";
import { toNest } from "plugbay/nest";
import { describe, expect, test } from "vitest";
import type { Admin } from "../../src/admin/admin.ts";
import type { Client } from "./client.ts";
import { clientOf } from "./client-of.ts";
import { type Host, listening, ofServer } from "./host.ts";
import { type Streams, testAdmin } from "./test-admin.ts";

const basePath = "/admin";

/** Starts a host that sets a header and a cookie before the panel is asked, and where it can one after that. */
type Start = (admin: Admin) => Promise<Host>;

const addHooks = (app: FastifyInstance): void => {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("x-before", "1").header("set-cookie", "before=1");
  });
  app.addHook("onSend", async (_request, reply) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    reply.header("x-after", "1").header("set-cookie", "after=1");
  });
};

const before: express.RequestHandler = (_request, response, next) => {
  response.setHeader("x-before", "1");
  response.cookie("before", "1");
  next();
};

const onNest = (mount: (app: NestFastifyApplication) => unknown): Promise<Host> => {
  class Empty {}
  common.Module({})(Empty);
  const adapter = new FastifyAdapter();
  return NestFactory.create<NestFastifyApplication>(Empty, adapter, { logger: false }).then(async (app) => {
    await mount(app);
    await app.listen(0, "127.0.0.1");
    return ofServer(app.getHttpServer());
  });
};

const whole: Record<string, Start> = {
  koa: (admin) => {
    const app = new Koa();
    app.use(async (context, next) => {
      context.set("x-before", "1");
      context.append("set-cookie", "before=1");
      await next();
      await new Promise((resolve) => setTimeout(resolve, 5));
      context.set("x-after", "1");
      context.append("set-cookie", "after=1");
    });
    app.use(toKoa(admin));
    return listening(createServer(app.callback()));
  },
  hono: (admin) => {
    const app = new Hono();
    app.use(async (context, next) => {
      context.header("x-before", "1");
      setCookie(context, "before", "1");
      await next();
      context.header("x-after", "1");
      setCookie(context, "after", "1");
    });
    app.use(toHono(admin));
    return listening(createServer(getRequestListener(app.fetch)));
  },
  fastify: async (admin) => {
    const app = fastify();
    addHooks(app);
    await app.register(toFastify(admin));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  },
  "nest on fastify, as a plugin": (admin) =>
    onNest((app) => {
      addHooks(app.getHttpAdapter().getInstance() as unknown as FastifyInstance);
      return app.register(toFastify(admin) as never);
    }),
};

const inFront: Record<string, Start> = {
  express: (admin) => listening(createServer(express().use(before).use(toExpress(admin)))),
  "nest on fastify": (admin) =>
    onNest((app) => {
      app.use(((_request, response, next) => {
        response.setHeader("x-before", "1");
        response.setHeader("set-cookie", "before=1");
        next();
      }) as ReturnType<typeof toNest>);
      app.use(toNest(admin));
    }),
};

describe.each(Object.entries({ ...whole, ...inFront }))("%s", (name, start) => {
  const added = name in whole ? ["before", "after"] : ["before"];

  test.each([
    ["GET", "", 200],
    ["HEAD", "", 200],
    ["GET", "/api/types", 200],
    ["GET", "/api/nothing", 204],
    ["GET", "/api/missing", 404],
    ["GET", "/x%2f", 400],
    ["GET", "/api/events", 200],
  ])("adds its headers and cookies to the answer of %s %j", async (method, path, status) => {
    const client = await clientOf(start(testAdmin(basePath)));
    const answer = await client.open(`${basePath}${path}`, { method });
    const { headers, statusCode } = answer;
    answer.destroy();
    expect(statusCode).toBe(status);
    for (const name of added) expect(headers[`x-${name}`]).toBe("1");
    const cookies = headers["set-cookie"]?.map((cookie) => cookie.split("=")[0]).sort();
    const own = path === "" ? ["first", "second"] : [];
    expect(cookies).toEqual([...added, ...own].sort());
  });
});

const streamsOf = async (client: Client): Promise<Streams> =>
  (await client.ask(`${basePath}/api/streams`)).json<Streams>();

test("Koa raises no error when a page of the panel is closed, and ends its stream", async () => {
  const errors: unknown[] = [];
  const app = new Koa();
  app.on("error", (error) => errors.push(error));
  app.use(toKoa(testAdmin(basePath)));
  const client = await clientOf(listening(createServer(app.callback())));
  const events = await client.open(`${basePath}/api/events`);
  events.destroy();
  await expect.poll(() => streamsOf(client)).toEqual({ open: 0, aborted: 1, cancelled: 1 });
  expect(errors).toEqual([]);
});

test("Koa raises an error when an answer of the panel breaks off", async () => {
  const app = new Koa();
  app.use(toKoa(testAdmin(basePath)));
  const error = once(app, "error");
  app.on("error", () => undefined);
  const client = await clientOf(listening(createServer(app.callback())));
  const answer = await client.open(`${basePath}/api/broken`);
  await expect(once(answer.resume(), "end")).rejects.toThrow();
  expect(await error).toMatchObject([{ message: "the other half is lost" }, {}]);
});

const failing: Record<string, Start> = {
  koa: (admin) => {
    const app = new Koa();
    app.silent = true;
    app.use(async ({ path }, next) => {
      await next();
      if (path.endsWith("/events")) throw new Error("no session");
    });
    app.use(toKoa(admin));
    return listening(createServer(app.callback()));
  },
  "koa, by another answer": (admin) => {
    const app = new Koa();
    app.use(async (context, next) => {
      await next();
      if (context.path.endsWith("/events")) {
        context.body = "another";
        context.status = 500;
      }
    });
    app.use(toKoa(admin));
    return listening(createServer(app.callback()));
  },
  fastify: async (admin) => {
    const app = fastify();
    app.addHook("onSend", async ({ url }, reply) => {
      if (url.endsWith("/events") && reply.statusCode === 200) throw new Error("no session");
    });
    await app.register(toFastify(admin));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  },
};

test.each(Object.entries(failing))("an event stream that is not sent ends: %s", async (_name, start) => {
  const client = await clientOf(start(testAdmin(basePath)));
  expect(await client.ask(`${basePath}/api/events`)).toMatchObject({ status: 500 });
  await expect.poll(async () => (await streamsOf(client)).open).toBe(0);
});

test("Fastify's limit of time for a handler ends no event stream", async () => {
  const app = fastify({ handlerTimeout: 300 });
  await app.register(toFastify(testAdmin(basePath)));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const client = await clientOf(Promise.resolve(ofServer(app.server)));
  const events = (await client.open(`${basePath}/api/events`)).resume();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(events.destroyed).toBe(false);
  events.destroy();
});
