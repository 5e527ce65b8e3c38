import "reflect-metadata";
import { EventEmitter, once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type Server } from "node:http";
import * as http2 from "node:http2";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { openPlugbay, type Plugbay } from "plugbay";
import { type Admin, createAdmin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toKoa } from "plugbay/koa";
import { toNest } from "plugbay/nest";
import { toNode } from "plugbay/node";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, test } from "vitest";

/** An application that listens, and how it is shut down, with `plugbay.close()` in one of the usual places. */
interface Application {
  readonly port: number;
  close(): Promise<unknown>;
}
type Start = (admin: Admin, plugbay: Plugbay) => Promise<Application>;

const portOf = (server: Server | ServerType): number => (server.address() as AddressInfo).port;
const closed = (server: Server | ServerType): Promise<unknown> =>
  new Promise((resolve) => server.close(resolve));

async function withServer(server: Server | ServerType, plugbay: Plugbay): Promise<Application> {
  if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: portOf(server), close: () => closed(server).then(() => plugbay.close()) };
}

const onFastify =
  (hook: "onClose" | "preClose" | undefined): Start =>
  async (admin, plugbay) => {
    const app = fastify();
    if (hook === "onClose") app.addHook("onClose", () => plugbay.close());
    if (hook === "preClose") app.addHook("preClose", () => plugbay.close());
    await app.register(toFastify(admin));
    await app.listen({ port: 0, host: "127.0.0.1" });
    const close = () => app.close();
    return {
      port: portOf(app.server),
      close: hook === undefined ? () => close().then(() => plugbay.close()) : close,
    };
  };

const onNest =
  (hook: "onModuleDestroy" | "onApplicationShutdown", platform: "express" | "fastify"): Start =>
  async (admin, plugbay) => {
    class Closing {
      [hook](): Promise<void> {
        return plugbay.close();
      }
    }
    common.Injectable()(Closing);
    class Root {}
    common.Module({ providers: [Closing] })(Root);
    const app =
      platform === "express"
        ? await NestFactory.create(Root, { logger: false })
        : await NestFactory.create(Root, new FastifyAdapter(), { logger: false });
    app.use(toNest(admin));
    app.enableShutdownHooks();
    await app.listen(0, "127.0.0.1");
    return { port: portOf(app.getHttpServer()), close: () => app.close() };
  };

const applications: Record<string, Start> = {
  "Node, after server.close": (admin, plugbay) => withServer(createServer(toNode(admin)), plugbay),
  "Express, in the callback of server.close": (admin, plugbay) =>
    withServer(createServer(express().use("/admin", toExpress(admin))), plugbay),
  "Koa, after server.close": (admin, plugbay) =>
    withServer(createServer(new Koa().use(toKoa(admin)).callback()), plugbay),
  "Hono, after server.close": (admin, plugbay) =>
    withServer(serve({ fetch: new Hono().use(toHono(admin)).fetch, port: 0 }), plugbay),
  "Fastify, in onClose": onFastify("onClose"),
  "Fastify, in preClose": onFastify("preClose"),
  "Fastify, after app.close": onFastify(undefined),
  "Nest on Express, in onModuleDestroy": onNest("onModuleDestroy", "express"),
  "Nest on Express, in onApplicationShutdown": onNest("onApplicationShutdown", "express"),
  "Nest on Fastify, in onModuleDestroy": onNest("onModuleDestroy", "fastify"),
  "Nest on Fastify, in onApplicationShutdown": onNest("onApplicationShutdown", "fastify"),
};

const openPanel = (): Promise<Plugbay> => openPlugbay({ database: sqlite(":memory:"), plugins: [] });
const adminOf = (plugbay: Plugbay): Admin =>
  createAdmin(plugbay, { basePath: "/admin", authorize: () => ({ actor: "alice", access: "write" }) });

/** An open tab of the panel: a connection of its own that has got its first event. */
async function openTab(port: number): Promise<IncomingMessage> {
  const [answer] = (await once(get({ port, path: "/admin/api/events" }), "response")) as [IncomingMessage];
  await once(answer, "data");
  return answer.resume();
}

describe("a server that closes while tabs of the panel are open", () => {
  test.each(Object.entries(applications))("closes soon: %s", async (_name, start) => {
    const plugbay = await openPanel();
    const { port, close } = await start(adminOf(plugbay), plugbay);
    const tabs = await Promise.all([openTab(port), openTab(port)]);
    const ends = tabs.map((tab) => once(tab, "end"));
    const begun = performance.now();
    await close();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(plugbay.state.kind).toBe("closed");
    // As a whole answer, which is no fault of the connection.
    await Promise.all(ends);
  });

  test("keeps no connection for another request once it closes", async () => {
    const plugbay = await openPanel();
    const doorbell = new EventEmitter();
    const authorize = async () => {
      doorbell.emit("asked");
      await once(doorbell, "answer");
      return { actor: "alice", access: "write" } as const;
    };
    const server = createServer(toNode(createAdmin(plugbay, { basePath: "/admin", authorize })));
    const { port, close } = await withServer(server, plugbay);
    const agent = new Agent({ keepAlive: true });
    const request = get({ port, path: "/admin/api/types", agent });
    await once(doorbell, "asked");
    const begun = performance.now();
    const closing = close();
    doorbell.emit("answer");
    const [response] = (await once(request, "response")) as [IncomingMessage];
    response.resume();
    await closing;
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(response.headers.connection).toBe("close");
  });

  test("leaves streams alone whose server has never listened", async () => {
    const plugbay = await openPanel();
    const inner = createServer(toNode(adminOf(plugbay)));
    // Another one listens, and hands its connections on.
    const outer = createNetServer((socket) => void inner.emit("connection", socket));
    await once(outer.listen(0, "127.0.0.1"), "listening");
    const tab = await openTab((outer.address() as AddressInfo).port);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(tab.readableEnded).toBe(false);
    await plugbay.close();
    await new Promise((resolve) => outer.close(resolve));
  });

  test("closes soon over HTTP/2", async () => {
    const plugbay = await openPanel();
    const server = http2.createServer(toNode(adminOf(plugbay)));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stream = session.request({ ":path": "/admin/api/events" });
    await once(stream, "data");
    stream.resume();
    const ended = once(stream, "end");
    const begun = performance.now();
    await new Promise((resolve) => server.close(resolve));
    expect(performance.now() - begun).toBeLessThan(2_000);
    await ended;
    await plugbay.close();
  });
});
