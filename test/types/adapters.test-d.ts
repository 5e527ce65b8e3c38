import { createServer, type IncomingMessage } from "node:http";
import { createServer as createHttp2Server, createSecureServer } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import type { DynamicModule, MiddlewareConsumer, ModuleMetadata, NestMiddleware } from "@nestjs/common";
import type { NestExpressApplication } from "@nestjs/platform-express";
import type { NestFastifyApplication } from "@nestjs/platform-fastify";
import type { HealthCheckService, HealthIndicatorFunction } from "@nestjs/terminus";
import express, { type RequestHandler, Router } from "express";
import fastify, { type FastifyPluginAsync, type FastifyRequest } from "fastify";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import Koa from "koa";
import type { NextRequest } from "next/server.js";
import { definePluginType, type OpenOptions, type Plugbay } from "plugbay";
import { type Admin, createAdmin } from "plugbay/admin";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toKoa } from "plugbay/koa";
import {
  getPluginToken,
  InjectPlugbay,
  InjectPlugin,
  type PlugbayHealthIndicator,
  PlugbayModule,
  toNest,
} from "plugbay/nest";
import { toNext } from "plugbay/next";
import { toNode } from "plugbay/node";
import { expectTypeOf, test } from "vitest";

declare const admin: Admin;

test("Node's servers take the listener", () => {
  createServer(toNode(admin)).listen(3000);
  createServer(toNode(admin, { path: "/" }));
  createHttpsServer({}, toNode(admin));
  createHttp2Server(toNode(admin));
  createSecureServer({ allowHTTP1: true }, toNode(ofNode));
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

const otp = definePluginType<{ sendOtp(number: string): Promise<void> }>({
  ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } },
});
const byCountry = otp.withSelector((candidates, _country: string) => candidates.active[0]);

test("Nest takes the module, with what its factories are given", () => {
  const open = {} as OpenOptions;
  expectTypeOf(PlugbayModule.forRoot({ ...open, isGlobal: false })).toExtend<DynamicModule>();
  PlugbayModule.forRoot({ plugbay });
  class Settings {
    readonly url = "app.db";
  }
  const imports: NonNullable<ModuleMetadata["imports"]> = [
    PlugbayModule.forRootAsync({ inject: [Settings], useFactory: (_: Settings) => open, types: [byCountry] }),
  ];
  PlugbayModule.forRootAsync({ imports, useFactory: async () => ({ plugbay }) });
  // @ts-expect-error makes no options
  PlugbayModule.forRootAsync({ useClass: Settings });
  // @ts-expect-error no plugins
  PlugbayModule.forRootAsync({ useFactory: () => ({ database: open.database }) });
  // @ts-expect-error not an option
  PlugbayModule.forRoot({ ...open, global: true });
});

test("parameters and properties take the decorators, of plugin types whose selectors need nothing", () => {
  expectTypeOf(InjectPlugin(otp)).toExtend<ParameterDecorator & PropertyDecorator>();
  expectTypeOf(InjectPlugbay()).toExtend<ParameterDecorator & PropertyDecorator>();
  // @ts-expect-error which country is not known
  InjectPlugin(byCountry);
  getPluginToken(byCountry);
  // @ts-expect-error no plugin type
  InjectPlugin({ name: "otp", manager: "apps/otp" });
  // @ts-expect-error no plugin type
  getPluginToken("otp");
});

test("Terminus takes the health of plugbay", () => {
  const check = (health: HealthCheckService, indicator: PlugbayHealthIndicator) =>
    health.check([() => indicator.isHealthy("plugbay", { types: [otp, byCountry] })]);
  expectTypeOf(check).toBeFunction();
  const result = (indicator: PlugbayHealthIndicator) => indicator.isHealthy("plugbay");
  expectTypeOf<ReturnType<typeof result>["plugbay"]["status"]>().toEqualTypeOf<"up" | "down">();
  expectTypeOf<() => ReturnType<typeof result>>().toExtend<HealthIndicatorFunction>();
  // @ts-expect-error no plugin type
  ((indicator: PlugbayHealthIndicator) => indicator.isHealthy("plugbay", { types: ["otp"] }))({} as never);
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

interface SignedIn {
  readonly user?: { readonly name: string };
}
const allow = (user: SignedIn["user"]) => (user ? ({ actor: user.name, access: "write" } as const) : null);
declare const plugbay: Plugbay;

const ofNode = createAdmin(plugbay, {
  authorize: (_request, { headers }: IncomingMessage) => allow({ name: String(headers.from) }),
});
const ofExpress = createAdmin(plugbay, {
  authorize: async (_request, { user }: express.Request & SignedIn) => allow(user),
});
const ofFastify = createAdmin(plugbay, {
  authorize: (_request, host: FastifyRequest) => allow({ name: host.ip }),
});
const ofKoa = createAdmin(plugbay, {
  authorize: (_request, { state }: Koa.Context) => allow((state as SignedIn).user),
});
const ofHono = createAdmin(plugbay, {
  authorize: (_request, context: Context<{ Variables: { user: SignedIn["user"] } }>) =>
    allow(context.get("user")),
});
const ofNext = createAdmin(plugbay, {
  authorize: (_request, { cookies }: NextRequest) => allow({ name: String(cookies.get("name")) }),
});

test("an admin whose authorize takes the framework's own request goes into that framework", () => {
  expectTypeOf(ofExpress).toEqualTypeOf<Admin<express.Request & SignedIn>>();
  createServer(toNode(ofNode));
  express().use(
    toExpress(createAdmin(plugbay, { authorize: (_, { ip }: express.Request) => allow({ name: ip ?? "" }) })),
  );
  express().use(toExpress(ofNode));
  fastify().register(toFastify(ofFastify));
  new Koa().use(toKoa(ofKoa));
  new Hono<{ Variables: { user: SignedIn["user"] } }>().use(toHono(ofHono));
  expectTypeOf(toNext(ofNext).GET).toExtend<(request: NextRequest) => Promise<Response>>();
  ((app: NestExpressApplication) => app.use(toNest(ofExpress)))({} as NestExpressApplication);
});

test("so does a promise of one, and a function that gives one", () => {
  toExpress(Promise.resolve(ofExpress));
  toExpress(() => ofExpress);
  toKoa(async () => ofKoa);
  toNode(async () => admin, { path: "/admin" });
  // @ts-expect-error of another framework
  toKoa(async () => ofExpress);
  // @ts-expect-error of another framework
  toExpress(Promise.resolve(ofKoa));
});

test("and into no other", () => {
  // @ts-expect-error Express's request has more than Node's
  toNode(ofExpress);
  // @ts-expect-error not a request of Express
  toExpress(ofFastify);
  // @ts-expect-error not a request of Express
  toExpress(ofKoa);
  // @ts-expect-error not a request of Fastify
  toFastify(ofExpress);
  // @ts-expect-error not a context of Koa
  toKoa(ofHono);
  // @ts-expect-error not a context of Hono
  toHono(ofKoa);
  // @ts-expect-error not a middleware's request
  toNest(ofFastify);
  // @ts-expect-error not a request of Next
  toNext(ofExpress);
  // @ts-expect-error not of every framework
  expectTypeOf(ofExpress).toExtend<Admin>();
});

test("what authorize takes has to be handed to fetch", () => {
  const request = new Request("http://localhost/");
  void admin.fetch(request);
  // @ts-expect-error no request of Express
  void ofExpress.fetch(request);
  void ofExpress.fetch(request, {} as express.Request & SignedIn);
});

test("the path is a string, and nothing but an admin is mounted", () => {
  // @ts-expect-error not a path
  toExpress(admin, { path: 3 });
  // @ts-expect-error not an option
  toKoa(admin, { basePath: "/admin" });
  // @ts-expect-error no admin
  toNode({ fetch: () => new Response() });
});
