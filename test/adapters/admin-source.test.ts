import "reflect-metadata";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import express, { type ErrorRequestHandler } from "express";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toKoa } from "plugbay/koa";
import { toNest } from "plugbay/nest";
import { toNext } from "plugbay/next";
import { toNode } from "plugbay/node";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { AdminSource } from "../../src/adapters/admin-source.ts";
import type { MountOptions } from "../../src/adapters/mount.ts";
import type { Admin } from "../../src/admin/admin.ts";
import type { Answer, Client } from "./client.ts";
import { clientOf } from "./client-of.ts";
import { type Host, listening, ofServer } from "./host.ts";
import { testAdmin } from "./test-admin.ts";

type Start = (source: AdminSource, options?: MountOptions) => Promise<Host>;

const tellError: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status(500).send(`the host's 500: ${error.message}`);
};

/** Hosts that answer `/hello` themselves, after the panel. */
const hosts: Record<string, Start> = {
  node: (source, options) => {
    const panel = toNode(source, options);
    return listening(
      createServer((request, response) =>
        panel(request, response, (error) => {
          if (error) response.writeHead(500).end(`the host's 500: ${(error as Error).message}`);
          else response.writeHead(request.url === "/hello" ? 200 : 404).end("the host's");
        }),
      ),
    );
  },
  express: (source, options) => {
    const app = express();
    app.use(toExpress(source, options));
    app.get("/hello", (_request, response) => void response.send("the host's"));
    app.use(tellError);
    return listening(createServer(app));
  },
  fastify: async (source, options) => {
    const app = fastify();
    app.get("/hello", async () => "the host's");
    app.setErrorHandler(async (error: Error, _request, reply) => {
      await reply.code(500).send(`the host's 500: ${error.message}`);
    });
    await app.register(toFastify(source, options));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  },
  koa: (source, options) => {
    const app = new Koa();
    app.use(async (context, next) => {
      try {
        await next();
      } catch (error) {
        context.status = 500;
        context.body = `the host's 500: ${(error as Error).message}`;
      }
    });
    app.use(toKoa(source, options));
    app.use((context) => {
      if (context.path === "/hello") context.body = "the host's";
    });
    return listening(createServer(app.callback()));
  },
  hono: (source, options) => {
    const app = new Hono();
    app.use(toHono(source, options));
    app.get("/hello", (context) => context.text("the host's"));
    app.onError((error, context) => context.text(`the host's 500: ${error.message}`, 500));
    return listening(createServer(getRequestListener(app.fetch)));
  },
  nest: async (source, options) => {
    class Empty {}
    common.Module({})(Empty);
    const app = await NestFactory.create(Empty, { logger: false });
    app.use(toNest(source, options));
    app.use("/hello", ((_request, response) => response.end("the host's")) as ReturnType<typeof toNode>);
    app.use(tellError);
    await app.listen(0, "127.0.0.1");
    return ofServer(app.getHttpServer());
  },
};

const basePath = "/admin/plugins";
const types = (client: Client): Promise<Answer> => client.ask(`${basePath}/api/types`);
const later = (admin: Admin): Promise<Admin> => new Promise((resolve) => setTimeout(resolve, 50, admin));

describe.each(Object.entries(hosts))("%s", (_name, start) => {
  test("mounts the promise of an admin", async () => {
    const client = await clientOf(start(later(testAdmin(basePath))));
    expect(await types(client)).toMatchObject({ status: 200 });
    expect(await client.ask("/hello")).toMatchObject({ status: 200 });
    expect(await client.ask("/admin/other")).toMatchObject({ status: 404 });
  });

  test("calls a function when the first request for the panel comes, and once", async () => {
    const open = vi.fn(() => later(testAdmin(basePath)));
    const client = await clientOf(start(open, { path: basePath }));
    expect(await client.ask("/hello")).toMatchObject({ status: 200 });
    expect(await client.ask(`${basePath}x`)).toMatchObject({ status: 404 });
    expect(open).not.toHaveBeenCalled();
    const answers = await Promise.all([types(client), types(client), types(client)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  test("tells of a failure by the host's handler of errors, and the next request tries again", async () => {
    const open = vi.fn<() => Admin | Promise<Admin>>(() => testAdmin(basePath));
    open.mockImplementationOnce(() => {
      throw new Error("no database");
    });
    open.mockImplementationOnce(() => Promise.reject(new Error("no database")));
    const client = await clientOf(start(open, { path: basePath }));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const answer = await types(client);
      expect([answer.status, answer.body.toString()]).toEqual([500, "the host's 500: no database"]);
    }
    expect(await types(client)).toMatchObject({ status: 200 });
    expect(await types(client)).toMatchObject({ status: 200 });
    expect(open).toHaveBeenCalledTimes(3);
  });

  test("leaves the other routes alone while the admin is not there, or never will be", async () => {
    const never = await clientOf(start(new Promise<Admin>(() => undefined), { path: basePath }));
    expect(await never.ask("/hello")).toMatchObject({ status: 200 });
    const failed = await clientOf(start(Promise.reject(new Error("no database")), { path: basePath }));
    expect(await failed.ask("/hello")).toMatchObject({ status: 200 });
    expect((await types(failed)).body.toString()).toBe("the host's 500: no database");
  });
});

// Fastify is left out: it has to know the path when it starts, and says so then.
test.each(Object.entries(hosts).filter(([name]) => name !== "fastify"))(
  "%s lets requests go on that may be another's, where it has no admin and knows no path",
  async (_name, start) => {
    const warned = vi.fn();
    process.on("warning", warned);
    onTestFinished(() => void process.off("warning", warned));
    const client = await clientOf(start(() => Promise.reject(new Error("no database"))));
    expect(await client.ask("/hello")).toMatchObject({ status: 200 });
    await expect.poll(() => String(warned.mock.calls[0]?.[0])).toContain('no "path" says');
  },
);

test("Express's handler of errors is told where Express knows the path", async () => {
  const app = express();
  app.use(
    basePath,
    toExpress(() => Promise.reject(new Error("no database"))),
    tellError,
  );
  const client = await clientOf(listening(createServer(app)));
  expect((await types(client)).body.toString()).toBe("the host's 500: no database");
});

test("Node's server answers 500 where nobody comes after the panel", async () => {
  const client = await clientOf(
    listening(createServer(toNode(() => Promise.reject(new Error("no database"))))),
  );
  expect(await types(client)).toMatchObject({ status: 500 });
});

test("Fastify does not start without an admin whose path it needs", async () => {
  const app = fastify();
  app.register(toFastify(() => Promise.reject(new Error("no database"))));
  await expect(app.ready()).rejects.toThrow("no database");
});

test("Next's handlers open nothing before the first request", async () => {
  const open = vi.fn(() => later(testAdmin(basePath)));
  const { GET } = toNext(open);
  expect(open).not.toHaveBeenCalled();
  expect(await GET(new Request(`http://localhost${basePath}/api/types`))).toMatchObject({ status: 200 });
  expect(await GET(new Request("http://localhost/admin/other"))).toMatchObject({ status: 404 });
  expect(open).toHaveBeenCalledTimes(1);
  const failing = toNext(() => Promise.reject(new Error("no database")));
  await expect(failing.GET(new Request(`http://localhost${basePath}`))).rejects.toThrow("no database");
});
