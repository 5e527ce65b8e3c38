import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, test } from "vitest";
import { freePort } from "../../servers/free-port.ts";
import { Application } from "../harness/application.ts";
import { isCode } from "./blocks.ts";
import { documentNames, filesOf, readDocument } from "./read-document.ts";
import { openProgram, openServer, type Server } from "./server.ts";

const tools = {
  tsx: "^4.23.15",
  typescript: "^7",
  "@types/node": "^20",
  "@photostructure/sqlite": "^1.2.1",
};
const drivers = { pg: "^8", "@types/pg": "^8", mysql2: "^3", ioredis: "^6", zod: "^4" };
const telemetry = { "@opentelemetry/api": "^1.9" };
const nest = {
  "@nestjs/common": "^11",
  "@nestjs/core": "^11",
  "@nestjs/platform-express": "^11",
  "reflect-metadata": "^0.2",
  rxjs: "^7",
};
const hosts = {
  ...nest,
  express: "^5",
  "@types/express": "^5",
  "express-session": "^1",
  "@types/express-session": "^1",
  fastify: "^5",
  koa: "^3",
  "@types/koa": "^3",
  hono: "^4",
  "@hono/node-server": "^2",
};

const jest = { jest: "^30", "@swc/core": "^1", "@swc/jest": "^0.2" };

/** A Nest project has one of its own. */
const nestModule = `
import "reflect-metadata";
import { Module } from "@nestjs/common";
export class AppModule {}
Module({})(AppModule);
`;

/** What `create-next-app` writes. */
const nextSettings = {
  compilerOptions: {
    target: "ES2017",
    lib: ["dom", "dom.iterable", "esnext"],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: "esnext",
    moduleResolution: "bundler",
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: "react-jsx",
    incremental: true,
  },
  // Here without the quick start's program, which is no part of the application.
  include: ["next-env.d.ts", "app/**/*.ts", ".next/types/**/*.ts"],
  exclude: ["node_modules"],
};

/** What `tsc --init` writes. */
let initial: string | undefined;

/** An application as `npm init`, `npm pkg set type=module` and `tsc --init` make it, with the files of the quick start. */
const newApplication = async (
  dependencies: Record<string, string>,
  files: Record<string, string> = {},
  npm: { readonly npm?: string } = { npm: "10.8.2" },
): Promise<Application> => {
  const app = await Application.make({
    ...npm,
    manifest: { type: "module" },
    dependencies: { ...tools, ...drivers, ...telemetry, ...dependencies },
    files: { ...(await filesOf("README.md")), ...files },
  });
  if (initial === undefined) {
    expect(await app.run("tsc", "--init")).toMatchObject({ code: 0 });
    initial = await readFile(join(app.folder, "tsconfig.json"), "utf8");
  } else await app.write({ "tsconfig.json": initial });
  return app;
};

const documents = ["README.md", ...(await documentNames())];

/** They say how to start their files themselves. */
const others = [
  ...["README.md", "docs/adapters.md", "docs/nest.md", "docs/own-tables.md", "docs/securing-the-panel.md"],
  ...["docs/shutdown.md", "docs/testing.md", "docs/tutorial.md"],
];

test.each(documents)(
  "every block of code in %s says which file it is, or that it is a fragment",
  async (path) => {
    const strays = (await readDocument(path)).filter(
      (block) => isCode(block) && block.file === undefined && !block.isFragment,
    );
    expect(strays).toEqual([]);
  },
);

/** A document's files, in a folder of its name. */
const inFolder = async (path: string): Promise<Record<string, string>> => {
  const files = Object.entries({ ...(await filesOf("README.md")), ...(await filesOf(path)) });
  return Object.fromEntries(files.map(([file, text]) => [`${path}/${file}`, text]));
};

test("the files of the documents that need nothing further compile, and run", async () => {
  const plain = documents.filter((path) => !others.includes(path));
  const files = await Promise.all(plain.map(inFolder));
  // All at once: the compiler takes ten times as long to read the declarations as to check a document.
  await using app = await newApplication({}, Object.assign({}, ...files));
  expect(await app.run("tsc", "--noEmit")).toEqual({ code: 0, stdout: "", stderr: "" });
  let runs = 0;
  for (const path of plain) {
    for (const { file, mark } of await readDocument(path)) {
      if (file === undefined || mark !== "run") continue;
      const run = await app.run("tsx", `${path}/${file}`);
      expect(run, path).toMatchObject({ code: 0, stderr: "" });
      runs += 1;
    }
  }
  expect(runs).toBeGreaterThan(0);
});

// npm 10.8 cannot install Vitest 4, whatever is beside it, nor Vite 8.
test.each([
  ["Vitest 4", { vitest: "^4" }, {}],
  ["Vitest 3 and npm 10.8", { vitest: "^3.2", vite: "^7" }, { npm: "10.8.2" }],
])(
  "the files of docs/testing.md compile, and their tests pass under their runners, with %s",
  async (_, vitest, npm) => {
    const all = await filesOf("docs/testing.md");
    await using app = await newApplication({ ...vitest, "@jest/globals": "^30" }, all, npm);
    const compiled = await app.run("tsc", "--noEmit");
    expect(compiled).toEqual({ code: 0, stdout: "", stderr: "" });
    const files = async (mark: string) => {
      const blocks = await readDocument("docs/testing.md");
      return blocks.flatMap((block) => (block.mark === mark && block.file !== undefined ? [block.file] : []));
    };
    const tests = await app.run("vitest", "run", ...(await files("vitest")));
    expect(tests, tests.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Test Files .*5 passed/),
    });
    const node = await app.run("tsx", "--test", ...(await files("node")));
    expect(node, node.stdout).toMatchObject({ code: 0, stdout: expect.stringMatching(/^# fail 0$/m) });
  },
);

test("the tests of docs/testing.md for Jest pass", async () => {
  await using app = await newApplication(jest, await filesOf("docs/testing.md"));
  const { stderr } = await app.run("jest", "--ci");
  expect(stderr).toMatch(/Test Suites: 2 passed, 2 total/);
});

test("the files of docs/own-tables.md compile, and drizzle-kit pushes beside plugbay's tables on SQLite", async () => {
  const drizzle = { "drizzle-orm": "^0.45.4", "drizzle-kit": "^0.31.11", "@libsql/client": "^0.18" };
  await using app = await newApplication(drizzle, await filesOf("docs/own-tables.md"));
  const plugbay = (...operands: string[]) => app.run("plugbay", ...operands);
  const generate = ["generate", "drizzle", "--out", "plugbay-tables.ts"];
  expect(await plugbay(...generate, "--dialect", "postgres")).toMatchObject({ code: 0, stderr: "" });
  expect(await app.run("tsc", "--noEmit")).toEqual({ code: 0, stdout: "", stderr: "" });

  const config = 'import { defineConfig } from "plugbay";\nimport { sqlite } from "plugbay/sqlite";\n';
  await app.write({
    "plugbay.config.ts": `${config}export default defineConfig({ database: sqlite("app.db"), plugins: [] });\n`,
    "schema.ts": await filesOf("docs/own-tables.md").then((files) =>
      `${files["schema.ts"]}`.replaceAll("pgTable", "sqliteTable").replace("pg-core", "sqlite-core"),
    ),
    "drizzle.config.ts": await filesOf("docs/own-tables.md").then((files) =>
      `${files["drizzle.config.ts"]}`.replace('"postgresql"', '"sqlite"'),
    ),
  });
  expect(await plugbay("migrate")).toMatchObject({ code: 0 });
  expect(await plugbay(...generate)).toMatchObject({ code: 0, stderr: "" });
  const push = () => app.runWith({ DATABASE_URL: "file:app.db" }, "drizzle-kit", "push", "--verbose");
  const pushed = await push();
  expect(pushed, pushed.stdout).toMatchObject({ code: 0 });
  expect(pushed.stdout.match(/^(CREATE|ALTER|DROP) .*/gm)?.map((line) => line.slice(0, 24))).toEqual([
    "CREATE TABLE `favourite`",
    "CREATE INDEX `favourite_",
  ]);
  expect((await push()).stdout).toContain("No changes detected");
  expect(await plugbay("list")).toMatchObject({ code: 0 });
});

/** As docs/nest.md says for Nest 12. */
const asModules = (config: string): string =>
  config
    .replace('"type": "commonjs"', '"type": "es6"')
    .replace('"testMatch"', '"extensionsToTreatAsEsm": [".ts"],\n  "testMatch"');

test.each([
  ["11", undefined, (config: string) => config],
  ["12", "--experimental-vm-modules", asModules],
])(
  "the files of docs/nest.md compile with Nest %s, serve the panel and how plugbay is, and pass in Jest",
  async (version, flags, adapt) => {
    const { "jest.config.json": config = "", ...files } = await filesOf("docs/nest.md");
    const tools = Object.keys(nest).filter((name) => name.startsWith("@nestjs/"));
    const packages = [...tools, "@nestjs/terminus", "@nestjs/testing"].map((name) => [name, `^${version}`]);
    await using app = await newApplication(
      { ...nest, ...Object.fromEntries(packages), ...jest, "@jest/globals": "^30" },
      { ...files, "jest.config.json": adapt(config) },
    );
    const decorators = ["--experimentalDecorators", "--emitDecoratorMetadata"];
    expect(await app.run("tsc", "--noEmit", ...decorators)).toEqual({ code: 0, stdout: "", stderr: "" });
    const { stderr } = await app.runWith({ NODE_OPTIONS: flags }, "jest", "--ci");
    expect(stderr).toMatch(/Tests: +2 passed, 2 total/);
    // As `nest new` has it, for tsx.
    await app.write({
      "tsconfig.json": JSON.stringify({ compilerOptions: { experimentalDecorators: true } }),
    });
    await using server = await openServer(app.folder, "main.ts");
    await expectPanelOf(server);
    const health = await server.ask("/health");
    expect(await health.json()).toMatchObject({
      status: "ok",
      details: { plugbay: { status: "up", state: "live" } },
    });
    const sent = await server.ask("/sign-in/code", { method: "POST" });
    expect(await sent.text()).toBe("a code was sent to +1 555 0100");
    expect(await (await server.ask("/sign-in/channel")).text()).toBe("sms");
  },
);

test("the files of docs/tutorial.md compile, and its codes go the way that is chosen, or that is left", async () => {
  const port = await freePort();
  const files = Object.entries(await filesOf("docs/tutorial.md"));
  await using app = await newApplication(
    {},
    Object.fromEntries(files.map(([file, text]) => [file, text.replace("4001", `${port}`)])),
  );
  expect(await app.run("tsc", "--noEmit")).toEqual({ code: 0, stdout: "", stderr: "" });
  await using server = await openServer(app.folder, "server.ts");
  const send = async () => (await server.ask("/send")).text();
  const plugbay = async (...operands: string[]) => {
    expect(await app.run("plugbay", ...operands)).toMatchObject({ code: 0 });
  };
  {
    await using _gateway = await openProgram(app.folder, ["--import", "tsx", "gateway.ts"], port);
    expect(await send()).toBe("sent by sms\n");
    await plugbay("set", "mail", "--priority", "5");
    await expect.poll(send).toBe("sent by mail\n");
    await plugbay("set", "mail", "--priority", "20");
    await expect.poll(send).toBe("sent by sms\n");
  }
  for (let call = 0; call < 5; call += 1) expect(await send()).toBe("sent by mail\n");
  const shown = async () => (await (await server.ask("/admin/api/attention")).json()) as object;
  await expect.poll(async () => JSON.stringify(await shown())).toContain('"lower-choice"');
  await using _gateway = await openProgram(app.folder, ["--import", "tsx", "gateway.ts"], port);
  await expect.poll(send, { timeout: 60_000, interval: 1_000 }).toBe("sent by sms\n");
});

const path = "docs/adapters.md";
const servers = (await readDocument(path))
  .filter(({ mark }) => mark === "serves")
  .map(({ file }) => `${file}`);

test("the files of docs/adapters.md, and of those that go on from it, compile", async () => {
  const documents = ["docs/securing-the-panel.md", "docs/shutdown.md"];
  const further = await Promise.all(documents.map(inFolder));
  const { "admin.ts": admin = "" } = await filesOf(path);
  const mounted = documents.map((document) => ({ [`${document}/admin.ts`]: admin }));
  const files = { "app.module.ts": nestModule, ...(await filesOf(path)) };
  await using app = await newApplication(hosts, Object.assign(files, ...mounted, ...further));
  const bundled = ["--module", "esnext", "--moduleResolution", "bundler"];
  expect(await app.run("tsc", "--noEmit", ...bundled)).toEqual({ code: 0, stdout: "", stderr: "" });
  // Those of a Next application import without extensions, as bundlers have it.
  for (const { file, mark } of await readDocument(path)) {
    if (file !== undefined && mark === "next") await app.remove(file);
  }
  expect(await app.run("tsc", "--noEmit")).toEqual({ code: 0, stdout: "", stderr: "" });
});

it.each(servers)("%s of docs/adapters.md serves the panel", async (file) => {
  await using app = await newApplication(hosts, { "app.module.ts": nestModule, ...(await filesOf(path)) });
  await expectPanel(app, file);
});

it("session.ts of docs/adapters.md serves the panel to who has signed in", async () => {
  await using app = await newApplication(hosts, { "app.module.ts": nestModule, ...(await filesOf(path)) });
  await using server = await openServer(app.folder, "session.ts");
  const types = "/admin/plugins/api/types";
  expect((await server.ask(types)).status).toBe(401);
  const cookie = (await server.ask("/sign-in", { method: "POST" })).headers.getSetCookie()[0] ?? "";
  expect((await server.ask(types, { headers: { cookie: cookie.split(";")[0] ?? "" } })).status).toBe(200);
});

it("express.ts of docs/adapters.md serves the panel with Express 4", async () => {
  await using app = await newApplication({ express: "^4", "@types/express": "^4" }, await filesOf(path));
  await expectPanel(app, "express.ts");
});

test("the files of docs/adapters.md for Next.js serve the panel", async () => {
  const next = (await readDocument(path)).filter(({ mark }) => mark === "next");
  const files: Record<string, string> = Object.fromEntries(next.map(({ file, text }) => [`${file}`, text]));
  // The page says so.
  for (const [file, text] of Object.entries(await filesOf("README.md")))
    files[file] = text.replaceAll(/(from "\.\/[^"]+)\.js"/g, '$1"');
  await using app = await Application.make({
    npm: "10.8.2",
    // Next checks types by the API of the compiler, which TypeScript 7 has not.
    dependencies: {
      ...tools,
      typescript: "^6",
      next: "^16",
      react: "^19",
      "react-dom": "^19",
      "@types/react": "^19",
    },
    files: { "tsconfig.json": JSON.stringify(nextSettings), ...files },
  });
  const { code, stdout, stderr } = await app.run("next", "build");
  expect(code, `${stdout}${stderr}`).toBe(0);
  const port = await freePort();
  await using server = await openProgram(
    app.folder,
    ["node_modules/next/dist/bin/next", "start", "-p", `${port}`],
    port,
  );
  await expectPanelOf(server);
});

test("the programs of docs/shutdown.md end when they are told to, with the panel open", async () => {
  const { "admin.ts": admin = "" } = await filesOf(path);
  await using app = await newApplication(hosts, {
    "admin.ts": admin,
    ...(await filesOf("docs/shutdown.md")),
  });
  const blocks = await readDocument("docs/shutdown.md");
  const headers = { cookie: "session=4711" };
  for (const { file, mark } of blocks.filter((block) => block.mark === "serves")) {
    await using server = await openServer(app.folder, `${file}`);
    const events = await server.ask("/admin/plugins/api/events", { headers });
    expect({ file, mark, status: events.status }).toEqual({ file, mark: "serves", status: 200 });
    expect(await server.end("SIGTERM"), file).toBe(0);
  }
  const script = blocks.find(({ mark }) => mark === "run");
  expect(await app.run("tsx", `${script?.file}`)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("SMS to +1 555 0100"),
  });
});

async function expectPanel(app: Application, file: string): Promise<void> {
  await using server = await openServer(app.folder, file);
  await expectPanelOf(server);
}

async function expectPanelOf(server: Server): Promise<void> {
  const headers = { cookie: "session=4711", accept: "text/html" };
  const page = await server.ask("/admin/plugins/", { headers });
  expect({ status: page.status, text: await page.text() }).toMatchObject({
    status: 200,
    text: expect.stringMatching(/^<!doctype html>/i),
  });
  expect((await server.ask("/admin/plugins/api/types", { headers })).status).toBe(200);
  expect((await server.ask("/admin/plugins/api/types")).status).toBe(401);
}
