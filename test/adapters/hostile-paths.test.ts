import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import "reflect-metadata";
import { getRequestListener } from "@hono/node-server";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import express from "express";
import express4 from "express4";
import fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { toExpress } from "plugbay/express";
import { toFastify } from "plugbay/fastify";
import { toHono } from "plugbay/hono";
import { toKoa } from "plugbay/koa";
import { toNest } from "plugbay/nest";
import { toNode } from "plugbay/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Admin } from "../../src/admin/admin.ts";
import { type Host, listening, ofServer } from "./host.ts";

const basePath = "/admin/plugins";
const isAdminPath = (path: string): boolean => path === "/admin" || path.startsWith("/admin/");

/**
 * Starts a host whose guard keeps everybody out of `/admin`. Whatever reaches the panel has passed as something
 * else.
 */
type Start = (admin: Admin) => Promise<Host>;

const onExpress =
  (framework: typeof express, guardOf: (app: express.Express) => unknown): Start =>
  (admin) => {
    const app = framework();
    guardOf(app);
    app.use(toExpress(admin));
    app.use(basePath, toExpress(admin));
    return listening(createServer(app));
  };
const refuse: express.RequestHandler = (_request, response) => void response.status(403).end();

const onFastify =
  (options: FastifyServerOptions): Start =>
  async (admin) => {
    const app = fastify(options);
    app.addHook("onRequest", async (request, reply) => {
      if (isAdminPath(request.url.split("?")[0] ?? "")) await reply.code(403).send();
    });
    await app.register(toFastify(admin));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  };

const onNest =
  (isFastify: boolean): Start =>
  async (admin) => {
    class Empty {}
    common.Module({})(Empty);
    const app = isFastify
      ? await NestFactory.create(Empty, new FastifyAdapter(), { logger: false })
      : await NestFactory.create(Empty, { logger: false });
    app.use("/admin", ((_request, response) => response.writeHead(403).end()) as ReturnType<typeof toNode>);
    app.use(toNest(admin));
    await app.listen(0, "127.0.0.1");
    return ofServer(app.getHttpServer());
  };

const hosts: Record<string, Start> = {
  "node, by its url": (admin) => {
    const panel = toNode(admin);
    return listening(
      createServer((request, response) => {
        if (isAdminPath(request.url?.split("?")[0] ?? "")) response.writeHead(403).end();
        else panel(request, response);
      }),
    );
  },
  "express 5, mounted": onExpress(express, (app) => app.use("/admin", refuse)),
  "express 4, mounted": onExpress(express4, (app) => app.use("/admin", refuse)),
  "express, by req.path": onExpress(express, (app) =>
    app.use((request, response, next) =>
      isAdminPath(request.path) ? refuse(request, response, next) : next(),
    ),
  ),
  "express, by originalUrl": onExpress(express, (app) =>
    app.use((request, response, next) =>
      /^\/admin(\/|\?|$)/.test(request.originalUrl) ? refuse(request, response, next) : next(),
    ),
  ),
  "express, behind a rewriting of urls": onExpress(express, (app) => {
    app.use((request, _response, next) => {
      request.url = `/public${request.url}`;
      next();
    });
    app.use("/admin", refuse);
  }),
  "koa, by ctx.path": (admin) => {
    const app = new Koa();
    app.use((context, next) => {
      if (!isAdminPath(context.path)) return next();
      context.status = 403;
      return undefined;
    });
    app.use(toKoa(admin));
    return listening(createServer(app.callback()));
  },
  "koa, behind a rewriting of paths": (admin) => {
    const app = new Koa();
    app.use((context, next) => {
      context.path = `/public${context.path}`;
      return isAdminPath(context.path) ? undefined : next();
    });
    app.use(toKoa(admin));
    return listening(createServer(app.callback()));
  },
  "hono, mounted": (admin) => {
    const app = new Hono();
    app.use("/admin/*", async (context) => context.text("no", 403));
    app.use(toHono(admin));
    return listening(createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false })));
  },
  "hono with its own Request, by c.req.path": (admin) => {
    const app = new Hono();
    app.use(async (context, next) => (isAdminPath(context.req.path) ? context.text("no", 403) : next()));
    app.use(toHono(admin));
    return listening(createServer(getRequestListener(app.fetch)));
  },
  fastify: onFastify({}),
  "fastify that takes paths loosely": onFastify({
    useSemicolonDelimiter: true,
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
    },
  }),
  "nest on express": onNest(false),
  "nest on fastify": onNest(true),
};

const page = `${basePath}/api/types`;
const targets = [
  page,
  ...["..", "%2e%2e", "%2E%2e", ".%2e", "%2e.", "..;", "..%00"].flatMap((dots) => [
    `/x/${dots}${page}`,
    `/x/y/../${dots}${page}`,
    `/x\\${dots}\\admin/plugins/api/types`,
    `/x%2f${dots}%2f..${page}`,
  ]),
  `/.${page}`,
  `/%2e${page}`,
  `/%2E/${page}`,
  `/${page}`,
  `//localhost${page}`,
  `///admin//plugins/api/types`,
  `\\admin\\plugins\\api\\types`,
  `/\\admin/plugins/api/types`,
  "/admin\\plugins/api/types",
  "/admin%2fplugins/api/types",
  "/admin%5cplugins/api/types",
  "/%61dmin/plugins/api/types",
  "/%61%64%6d%69%6e/plugins/api/types",
  "/admi%6E/plugin%73/api/types",
  "/ADMIN/plugins/api/types",
  "/Admin/Plugins/api/types",
  "/admin;x=1/plugins/api/types",
  ";/admin/plugins/api/types",
  "/admin%00/plugins/api/types",
  "/admin/./plugins/api/types",
  "/admin/x/../plugins/api/types",
  "/admin//plugins/api/types",
  "/%2561dmin/plugins/api/types",
  `/x?y=/..${page}`,
  `/x#/..${page}`,
  `#${page}`,
  `?${page}`,
  `http://localhost${page}`,
  `http://localhost/x/..${page}`,
  `HTTP://localhost${page}`,
  `https:${page}`,
  `http:/${page}`,
  `*${page}`,
  `/x\t/..${page}`,
  `/\t/admin/plugins/api/types`,
  "/adm\tin/plugins/api/types",
];

/** Sends a target as it is; clients of HTTP tidy it up. */
async function send(port: number, target: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, "latin1");
  return (await text(socket)).split("\r\n")[0] ?? "";
}

describe.each(Object.entries(hosts))("a guard of %s", (_name, start) => {
  const reached: string[] = [];
  let host: Host;
  beforeAll(async () => {
    host = await start({
      basePath,
      fetch: async (request) => {
        reached.push(request.url);
        return Response.json({});
      },
    });
  });
  afterAll(() => host.close());

  test("sees every request that reaches the panel", async () => {
    const passed: string[] = [];
    for (const target of targets) {
      reached.length = 0;
      await send(host.port, target);
      if (reached.length > 0) passed.push(target);
    }
    expect(passed).toEqual([]);
    // All that time the host was there.
    expect(await send(host.port, "/elsewhere")).toContain(" 404 ");
  });
});

/** Takes the first segment of a path away, which names a tenant. */
const withoutTenant = (url = ""): string => url.replace(/^\/[^/?]+/, "") || "/";

const rewritingExpress =
  (framework: typeof express): StartAt =>
  (admin, at) => {
    const app = framework();
    app.use((request, _response, next) => {
      request.url = withoutTenant(request.url);
      next();
    });
    app.use(at, refuse);
    app.use(toExpress(admin));
    app.use(basePath, toExpress(admin));
    app.use("/plugins", toExpress(admin));
    app.use("/admin", express.Router().use("/plugins", toExpress(admin)));
    return listening(createServer(app));
  };

const rewritingFastify = (app: FastifyInstance, at: string): void => {
  app.addHook("onRequest", async ({ originalUrl }, reply) => {
    if (originalUrl.startsWith(at)) await reply.code(403).send();
  });
};
const rewriteUrl = ({ url }: { url?: string | undefined }): string => withoutTenant(url);

/** Hosts that take a tenant's segment away, and keep everybody out of a path of what is left. */
type StartAt = (admin: Admin, at: string) => Promise<Host>;
const rewriting: Record<string, StartAt> = {
  "express 5": rewritingExpress(express),
  "express 4": rewritingExpress(express4),
  koa: (admin, at) => {
    const app = new Koa();
    app.use((context, next) => {
      context.path = withoutTenant(context.path);
      return next();
    });
    app.use((context, next) => (context.path.startsWith(at) ? undefined : next()));
    app.use(toKoa(admin));
    return listening(createServer(app.callback()));
  },
  hono: (admin, at) => {
    const app = new Hono({ getPath: ({ url }) => withoutTenant(new URL(url).pathname) });
    app.use(`${at}/*`, async (context) => context.text("no", 403));
    app.use(toHono(admin));
    return listening(createServer(getRequestListener(app.fetch)));
  },
  "hono with an application mounted in it": (admin, at) => {
    const app = new Hono();
    app.use(`${at}/*`, async (context) => context.text("no", 403));
    app.mount("/acme", new Hono().use(toHono(admin)).fetch);
    return listening(createServer(getRequestListener(app.fetch)));
  },
  fastify: async (admin, at) => {
    const app = fastify({ rewriteUrl });
    rewritingFastify(app, at);
    await app.register(toFastify(admin));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  },
  "nest on express": async (admin, at) => {
    class Empty {}
    common.Module({})(Empty);
    const app = await NestFactory.create(Empty, { logger: false });
    app.use(((request, _response, next) => {
      request.url = withoutTenant(request.url);
      next?.();
    }) as ReturnType<typeof toNode>);
    app.use(at, ((_request, response) => response.writeHead(403).end()) as ReturnType<typeof toNode>);
    app.use(toNest(admin));
    await app.listen(0, "127.0.0.1");
    return ofServer(app.getHttpServer());
  },
  "nest on fastify, as a plugin": async (admin, at) => {
    class Empty {}
    common.Module({})(Empty);
    const adapter = new FastifyAdapter({ rewriteUrl });
    rewritingFastify(adapter.getInstance() as unknown as FastifyInstance, at);
    const app = await NestFactory.create<NestFastifyApplication>(Empty, adapter, { logger: false });
    await app.register(toFastify(admin) as never);
    await app.listen(0, "127.0.0.1");
    return ofServer(app.getHttpServer());
  },
};

describe.each(Object.entries(rewriting))("a host that rewrites paths: %s", (_name, start) => {
  test.each([basePath, "/admin", ""])("does not reach the panel at %j", async (at) => {
    const reached: string[] = [];
    const host = await start(
      {
        basePath: at,
        fetch: async (request) => {
          reached.push(request.url);
          return Response.json({});
        },
      },
      at === "" ? "/api" : "/admin",
    );
    for (const before of ["", "/acme", "/acme/acme", "/admin"]) {
      await send(host.port, `${before}${at}`);
      await send(host.port, `${before}${at}/api/types`);
    }
    await host.close();
    expect(reached).toEqual([]);
  });
});

const open: Record<string, Start> = {
  node: (admin) => listening(createServer(toNode(admin))),
  express: (admin) => listening(createServer(express().use("/admin", toExpress(admin)))),
  koa: (admin) => listening(createServer(new Koa().use(toKoa(admin)).callback())),
  fastify: async (admin) => {
    const app = fastify();
    await app.register(toFastify(admin));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return ofServer(app.server);
  },
};

describe.each(Object.entries(open))("the panel in %s", (_name, start) => {
  test("refuses a path within it that others may read as another", async () => {
    const reached: string[] = [];
    const host = await start({
      basePath,
      fetch: async (request) => {
        reached.push(request.url);
        return Response.json({});
      },
    });
    const within = ["..", ".", "%2e%2e", "%2E", ".%2e", "a%2fb", "a%5Cb", "a\\b", "a%00", "..;x", "a//b"];
    const answers = await Promise.all(
      within.flatMap((part) => [
        send(host.port, `${basePath}/${part}`),
        send(host.port, `${basePath}/${part}/api/types`),
      ]),
    );
    expect(answers.filter((answer) => !answer.includes(" 400 "))).toEqual([]);
    expect(reached).toEqual([]);
    await send(host.port, `${basePath}/api/types?x=/../a%2fb`);
    expect(reached).toEqual([`http://localhost${basePath}/api/types?x=/../a%2fb`]);
    await host.close();
  });
});
