import { expect, test } from "vitest";
import { Application } from "./harness/application.ts";

const dependencies = {
  "@photostructure/sqlite": "^1.2.1",
  koa: "^3",
  koa2: "npm:koa@^2",
};

const sessions = `
import { once } from "node:events";
import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import fastifyCompress from "@fastify/compress";
import fastifyCookie from "@fastify/cookie";
import fastifySession from "@fastify/session";
import { fastify } from "fastify";
import { fastify as fastify4 } from "fastify4";
import fastify4Compress from "fastify4-compress";
import fastify4Cookie from "fastify4-cookie";
import fastify4Session from "fastify4-session";
import Koa from "koa";
import Koa2 from "koa2";
import compress from "koa-compress";
import session from "koa-session";
import { openPlugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toFastify } from "plugbay/fastify";
import { toKoa } from "plugbay/koa";
import { sqlite } from "plugbay/sqlite";

const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [] });
const adminOf = (userOf) =>
  createAdmin(plugbay, {
    basePath: "/admin",
    authorize: (_request, host) => (userOf(host) ? { actor: userOf(host), access: "write" } : null),
  });
const faults = [];
process.on("warning", ({ name }) => name === "PlugbayWarning" && faults.push(name));

const onKoa = (Framework) => async () => {
  const app = new Framework();
  app.keys = ["key"];
  app.on("error", ({ code, message }) => faults.push(code ?? message));
  app.use(compress());
  app.use(session({ rolling: true }, app));
  app.use(async ({ path, session }, next) => {
    if (path === "/login") session.user = "ana";
    await next();
  });
  app.use(toKoa(adminOf(({ session }) => session.user)));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};

const onFastify = (framework, cookie, session, compress) => async () => {
  const logger = { level: "warn", stream: { write: (line) => faults.push(JSON.parse(line).msg) } };
  const app = framework({ logger });
  await app.register(compress);
  await app.register(cookie);
  await app.register(session, { secret: "x".repeat(40), cookie: { secure: false } });
  app.get("/login", async ({ session }) => {
    session.user = "ana";
    return "in";
  });
  await app.register(toFastify(adminOf(({ session }) => session.user)));
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server;
};

const hosts = {
  "koa 3": onKoa(Koa),
  "koa 2": onKoa(Koa2),
  "fastify 5": onFastify(fastify, fastifyCookie, fastifySession, fastifyCompress),
  "fastify 4": onFastify(fastify4, fastify4Cookie, fastify4Session, fastify4Compress),
};

for (const [name, start] of Object.entries(hosts)) {
  const server = await start();
  const { port } = server.address();
  let cookie = "";
  const open = async (method, path, headers = {}) => {
    const sent = request({ port, method, path, headers: { cookie, ...headers }, agent: false }).end();
    const [response] = await once(sent, "response");
    const cookies = response.headers["set-cookie"] ?? [];
    if (cookies.length > 0) cookie = cookies.map((cookie) => cookie.split(";")[0]).join("; ");
    return { response, status: response.statusCode, isKept: cookies.length > 0 };
  };
  const ask = async (...of) => {
    const { response, ...answer } = await open(...of);
    const pieces = await response.toArray();
    return { ...answer, headers: response.headers, body: Buffer.concat(pieces) };
  };
  await ask("GET", "/login");
  const page = await ask("GET", "/admin");
  const head = await ask("HEAD", "/admin/api/session");
  const api = await ask("GET", "/admin/api/session");
  const missing = await ask("GET", "/admin/api/nowhere");
  const path = /"(\\/admin\\/assets\\/[^"]+\\.js)"/.exec(page.body)?.[1];
  const packed = await ask("GET", path, { "accept-encoding": "gzip" });
  const plain = await ask("GET", path);
  const events = await open("GET", "/admin/api/events", { "accept-encoding": "gzip" });
  const [first] = await once(events.response, "data");
  events.response.destroy();
  const connections = () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
  while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(
    name,
    JSON.stringify({
      statuses: [page, head, api, missing, packed, plain, events].map(({ status }) => status),
      areKept: [page, head, api, missing, packed, plain, events].every(({ isKept }) => isKept),
      head: [head.headers["content-type"], head.body.length],
      actor: JSON.parse(api.body).actor,
      isWhole: gunzipSync(packed.body).equals(plain.body),
      events: String(first).startsWith("event: "),
      faults: faults.splice(0),
    }),
  );
  server.close();
}
await plugbay.close();
`;

test("Koa and Fastify keep the session of who works in the panel, and take no closed page for a fault", async () => {
  await using app = await Application.make({
    files: { "main.mjs": sessions },
    dependencies: {
      ...dependencies,
      "koa-compress": "^5",
      "koa-session": "^7",
      fastify: "^5",
      "@fastify/compress": "^9",
      "@fastify/cookie": "^11",
      "@fastify/session": "^11",
      fastify4: "npm:fastify@^4",
      "fastify4-compress": "npm:@fastify/compress@^7",
      "fastify4-cookie": "npm:@fastify/cookie@^9",
      "fastify4-session": "npm:@fastify/session@^10",
    },
  });
  const { stdout, stderr } = await app.run("node", "main.mjs");
  const told = {
    statuses: [200, 200, 200, 404, 200, 200, 200],
    areKept: true,
    head: ["application/json", 0],
    actor: "ana",
    isWhole: true,
    events: true,
    faults: [],
  };
  const hosts = ["koa 3", "koa 2", "fastify 5", "fastify 4"];
  expect([stdout, stderr]).toEqual([hosts.map((name) => `${name} ${JSON.stringify(told)}\n`).join(""), ""]);
});

const mounts = `
import { once } from "node:events";
import Koa from "koa";
import Koa2 from "koa2";
import mount from "koa-mount";
import { openPlugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { toKoa } from "plugbay/koa";
import { sqlite } from "plugbay/sqlite";

const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [] });
const authorize = () => ({ actor: "ana", access: "write" });
const panel = toKoa(createAdmin(plugbay, { basePath: "/admin/plugins", authorize }));
const pass = (_context, next) => next();
const withoutTenant = (context, next) => {
  context.path = context.path.replace(/^\\/[^/]+/, "") || "/";
  return next();
};

const applications = {
  mounted: (app) => app.use(mount("/admin/plugins", panel)),
  "mounted with a slash": (app) => app.use(mount("/admin/", panel)),
  "in a mounted application": (app, Framework) => app.use(mount("/admin", new Framework().use(panel))),
  "in applications in one another": (app, Framework) =>
    app.use(mount("/admin", new Framework().use(mount("/plugins", new Framework().use(panel))))),
  "behind a mounted middleware": (app) => app.use(mount("/admin", pass)).use(panel),
  rewritten: (app) => app.use(withoutTenant).use(mount("/plugins", pass)).use(panel),
  "rewritten and mounted": (app) => app.use(withoutTenant).use(mount("/admin/plugins", panel)),
};

for (const Framework of [Koa, Koa2]) {
  for (const [name, mountIn] of Object.entries(applications)) {
    const app = new Framework();
    mountIn(app, Framework);
    const server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const statuses = [];
    for (const path of ["", "/", "?a=1", "/api/types"]) {
      const { status } = await fetch(\`http://127.0.0.1:\${server.address().port}/admin/plugins\${path}\`);
      statuses.push(status);
    }
    console.log(name, [...new Set(statuses)].join());
    server.close();
  }
}
await plugbay.close();
`;

test("the panel answers where koa-mount has mounted it, and not where a path was rewritten", async () => {
  await using app = await Application.make({
    files: { "main.mjs": mounts },
    dependencies: { ...dependencies, "koa-mount": "^4" },
  });
  const { stdout, stderr } = await app.run("node", "main.mjs");
  const told = [
    "mounted 200",
    "mounted with a slash 200",
    "in a mounted application 200",
    "in applications in one another 200",
    "behind a mounted middleware 200",
    "rewritten 404",
    "rewritten and mounted 404",
  ];
  expect([stdout, stderr]).toEqual([`${[...told, ...told].join("\n")}\n`, ""]);
});
