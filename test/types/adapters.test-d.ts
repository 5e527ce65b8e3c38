import { createServer } from "node:http";
import type { MiddlewareConsumer, NestMiddleware } from "@nestjs/common";
import type { NestExpressApplication } from "@nestjs/platform-express";
import type { NestFastifyApplication } from "@nestjs/platform-fastify";
import express, { type RequestHandler, Router } from "express";
import fastify, { type FastifyPluginAsync } from "fastify";
import { Hono, type MiddlewareHandler } from "hono";
import Koa from "koa";
import type { NextRequest } from "next/server.js";
import type { Admin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toKoa } from "plugbay/koa";
import { toNest } from "plugbay/nest";
import { toNext } from "plugbay/next";
import { toNode } from "plugbay/node";
import { expectTypeOf, test } from "vitest";

declare const admin: Admin;

test("Node's server takes the listener", () => {
  createServer(toNode(admin)).listen(3000);
  createServer(toNode(admin, { path: "/" }));
});

test("Express takes the middleware, in applications and routers", () => {
  express().use("/admin/plugins", toExpress(admin));
  Router().use(toExpress(admin, { path: "/panel" }));
  expectTypeOf(toExpress(admin)).toExtend<RequestHandler>();
});

test("Fastify takes the plugin, with the options of a registration", () => {
  void fastify().register(toFastify(admin), { prefix: "/admin" });
  expectTypeOf(toFastify(admin)).toExtend<FastifyPluginAsync>();
});

test("Koa takes the middleware", () => {
  new Koa().use(toKoa(admin));
});

test("Hono takes the middleware, whatever its context holds", () => {
  new Hono().use("/admin/plugins/*", toHono(admin));
  new Hono<{ Variables: { user: string } }>().all("/admin/plugins/*", toHono(admin));
  expectTypeOf(toHono(admin)).toExtend<MiddlewareHandler>();
});

test("both of Nest's platforms take the middleware, and modules do", () => {
  const mount = (app: NestExpressApplication | NestFastifyApplication, consumer: MiddlewareConsumer) => {
    app.use(toNest(admin));
    consumer.apply(toNest(admin)).forRoutes("*path");
  };
  expectTypeOf(mount).toBeFunction();
  expectTypeOf(toNest(admin)).toExtend<NestMiddleware["use"]>();
});

test("Next takes the handlers of a route", () => {
  const { GET, POST } = toNext(admin);
  type Handler = (
    request: NextRequest,
    context: { params: Promise<{ path?: string[] }> },
  ) => Promise<Response>;
  expectTypeOf(GET).toExtend<Handler>();
  expectTypeOf(POST).toExtend<Handler>();
});

test("the path is a string, and nothing but an admin is mounted", () => {
  // @ts-expect-error not a path
  toExpress(admin, { path: 3 });
  // @ts-expect-error not an option
  toKoa(admin, { basePath: "/admin" });
  // @ts-expect-error no admin
  toNode({ fetch: () => new Response() });
});
