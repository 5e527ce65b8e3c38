import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type FreshDatabase, freshPostgres } from "../servers/databases.ts";
import { Application } from "./harness/application.ts";
import type { ProgramOutcome } from "./harness/run-program.ts";

/** What an application opens in its tests, in JavaScript or TypeScript of either kind of module. */
const body = `
const mail = definePluginType({ name: "mail", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => "sent" }) });

async function sendOver(database) {
  const plugbay = await openPlugbay({ database, migrate: true, plugins: [mail, smtp] });
  try {
    const authorize = () => ({ actor: "alice", access: "read" });
    const admin = createAdmin(plugbay, { basePath: "/admin", authorize });
    const page = await (await admin.fetch(new Request("http://localhost/admin/"))).text();
    return page.includes("<script") ? plugbay.require(mail).send() : page;
  } finally {
    await plugbay.close();
  }
}
`;
const names = "definePlugin, definePluginType, openPlugbay";
const tests = `
test("over SQLite", async () => expect(await sendOver(sqlite(":memory:"))).toBe("sent"));
test("over PostgreSQL", async () => expect(await sendOver(postgres(process.env.POSTGRES_URL ?? ""))).toBe("sent"));
`;
const commonjs = `
const { ${names} } = require("plugbay");
const { createAdmin } = require("plugbay/admin");
const { postgres } = require("plugbay/postgres");
const { sqlite } = require("plugbay/sqlite");
${body}${tests}`;
const modules = `
import { ${names} } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
${body}${tests}`;
const typescript = modules
  .replace("sendOver(database)", "sendOver(database: Database): Promise<string>")
  .replace(names, `${names}, type Database`)
  .replace("() => ({ actor", "(): Authorization => ({ actor")
  .replace("{ createAdmin }", "{ createAdmin, type Authorization }")
  .replace("definePluginType(", "definePluginType<{ send(): string }>(");

/** Of a second copy of plugbay, which jest.resetModules() makes. */
const reset = `${commonjs}
test("a panel loaded after jest.resetModules()", async () => {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp] });
  jest.resetModules();
  const admin = require("plugbay/admin").createAdmin(plugbay, { authorize: () => ({ actor: "alice", access: "read" }) });
  const { status } = await admin.fetch(new Request("http://localhost/api/items/01a21a1a-adb3-7003-a358-5e4e61fe5569"));
  expect(status).toBe(404);
  const closing = plugbay.close();
  await expect(plugbay.refresh()).rejects.toBeInstanceOf(require("plugbay").ClosedError);
  await closing;
});
`;

/** Where the globals are a browser's: its timers are numbers, and some of Node's globals are missing. */
const browser = `
const { ${names} } = require("plugbay");
const { sqlite } = require("plugbay/sqlite");
require("plugbay/admin");
${body.slice(0, body.indexOf("async function"))}
test("in jsdom", async () => {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp] });
  expect(plugbay.require(mail).send()).toBe("sent");
  await plugbay.close();
});
`;

const drivers = { pg: "^8", "@photostructure/sqlite": "^1.2.1" };
const files = {
  "tests/commonjs.test.js": commonjs,
  "tests/reset.test.js": reset,
  "tests/browser.test.js": browser,
  "tests/modules.test.mjs": modules,
  "tests/babel.test.js": modules,
  "tests/typescript.test.ts": typescript,
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      module: "commonjs",
      target: "es2022",
      strict: true,
      esModuleInterop: true,
      types: ["jest", "node"],
    },
  }),
};

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshPostgres(inject("postgresUrl") ?? "");
});
afterAll(() => database?.drop());

/** Runs Jest on one test file, with what its package.json would say of it. */
function jest(
  app: Application,
  file: string,
  config: object = {},
  options: NodeJS.ProcessEnv = {},
): Promise<ProgramOutcome> {
  const given = JSON.stringify({ testMatch: [`**/${file}`], ...config });
  const env = { POSTGRES_URL: database.url, ...options };
  return app.runWith(env, "jest", "--ci", "--runInBand", "--config", given);
}

const passed = { code: 0, stderr: expect.stringContaining("Tests:       2 passed, 2 total") };

describe.skipIf(inject("postgresUrl") === null)("Jest 30", () => {
  let app: Application;

  beforeAll(async () => {
    const dependencies = {
      ...drivers,
      jest: "^30",
      "jest-environment-jsdom": "^30",
      "@babel/plugin-transform-modules-commonjs": "^7",
      "@swc/core": "^1",
      "@swc/jest": "^0.2",
      "ts-jest": "^29",
      "@types/jest": "^30",
      "@types/node": "^20",
      typescript: "^5.9",
    };
    app = await Application.make({ files, dependencies });
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  test("takes a CommonJS application without any configuration", async () => {
    expect(await jest(app, "commonjs.test.js")).toMatchObject(passed);
  });

  test("takes two copies of plugbay for one", async () => {
    const passed = { code: 0, stderr: expect.stringContaining("Tests:       3 passed, 3 total") };
    expect(await jest(app, "reset.test.js")).toMatchObject(passed);
  });

  test("takes plugbay into the environment of a browser", async () => {
    const passed = { code: 0, stderr: expect.stringContaining("Tests:       1 passed, 1 total") };
    expect(await jest(app, "browser.test.js", { testEnvironment: "jsdom" })).toMatchObject(passed);
  });

  test("takes what ts-jest makes of TypeScript, and its types", async () => {
    expect(await jest(app, "typescript.test.ts", { preset: "ts-jest" })).toMatchObject(passed);
  });

  test("takes what SWC makes of TypeScript", async () => {
    const transform = { "\\.ts$": ["@swc/jest", { module: { type: "commonjs" } }] };
    expect(await jest(app, "typescript.test.ts", { transform })).toMatchObject(passed);
  });

  test("takes what Babel makes of ES modules", async () => {
    const transform = { "\\.js$": ["babel-jest", { plugins: ["@babel/plugin-transform-modules-commonjs"] }] };
    expect(await jest(app, "babel.test.js", { transform })).toMatchObject(passed);
  });

  test("takes ES modules under its own flag", async () => {
    const env = { NODE_OPTIONS: "--experimental-vm-modules" };
    expect(await jest(app, "modules.test.mjs", { transform: {} }, env)).toMatchObject(passed);
  });
});

describe.skipIf(inject("postgresUrl") === null)("Jest 29", () => {
  test("takes a CommonJS application without any configuration", async () => {
    await using app = await Application.make({ files, dependencies: { ...drivers, jest: "^29" } });
    expect(await jest(app, "commonjs.test.js")).toMatchObject(passed);
  });
});
