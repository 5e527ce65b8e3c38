import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { openProgram, openServer, type Server } from "./documents/server.ts";
import { Application } from "./harness/application.ts";
import { onTerminal } from "./harness/on-terminal.ts";
import { type ProgramOutcome, runProgram } from "./harness/run-program.ts";

const types = "/admin/plugins/api/types";

const succeeded = { code: 0, stderr: "" };
const passed = { code: 0, stdout: expect.stringMatching(/^(#|ℹ) fail 0$/m) };

/** Expects the panel, for whom the server takes the caller for. */
async function expectPanel(server: Server): Promise<void> {
  const listed = await server.ask(types);
  expect(listed.status).toBe(200);
  expect(JSON.stringify(await listed.json())).toContain('"otp"');
  expect(await (await server.ask("/admin/plugins/")).text()).toContain("<script");
}

/** Frameworks that an application may be served by, all of which are installed once. */
const frameworks = {
  node: {},
  express: { express: "^5", "@types/express": "^5" },
  fastify: { fastify: "^5" },
  koa: { koa: "^3", "@types/koa": "^3" },
  hono: { hono: "^4" },
  nest: {
    "@nestjs/common": "^11",
    "@nestjs/core": "^11",
    "@nestjs/platform-express": "^11",
    "reflect-metadata": "^0.2",
    rxjs: "^7",
  },
} as const;
const tools = {
  tsx: "^4.23.15",
  typescript: "^7",
  "@types/node": "^20",
  "@photostructure/sqlite": "^1.2.1",
};

type Framework = keyof typeof frameworks;

let app: Application;

/** The installed command, which runs in other folders as `npx plugbay` does where it is not installed yet. */
const command = (): [program: string, file: string] => [
  process.execPath,
  join(app.folder, "node_modules/plugbay/dist/cli/main.js"),
];

function plugbay(folder: string, ...operands: string[]): Promise<ProgramOutcome> {
  const [program, file] = command();
  return runProgram(folder, program, [file, ...operands]);
}

beforeAll(async () => {
  const dependencies = Object.assign({}, tools, ...Object.values(frameworks)) as Record<string, string>;
  app = await Application.make({ dependencies });
});
afterAll(() => app?.[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllEnvs());

describe("an empty folder", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(inject("ecosystem").folder, "init-"));
    return () => rm(folder, { recursive: true, force: true });
  });

  const npm = (...args: string[]): Promise<ProgramOutcome> => runProgram(folder, "npm", args);

  test("has an application after plugbay init, which installs, passes its tests, compiles and serves", async () => {
    expect(await plugbay(folder, "init", "--yes")).toMatchObject(succeeded);
    const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    // As the registry would give it.
    manifest.dependencies.plugbay = `file:${inject("ecosystem").tarball}`;
    await writeFile(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
    const install = await npm("install", "--prefer-offline", "--no-audit", "--no-fund");
    expect(install, install.stderr).toMatchObject({ code: 0 });

    const tests = await npm("test");
    expect(tests, tests.stdout + tests.stderr).toMatchObject(passed);
    expect(await npm("run", "check")).toMatchObject({ code: 0 });

    const own = (...operands: string[]) => runProgram(folder, "npx", ["--no", "--", "plugbay", ...operands]);
    expect(await own("migrate")).toMatchObject({ code: 0 });
    expect((await own("list")).stdout).toContain("apps/otp-sms:sms");

    expect(await own("new", "plugin", "sms_ir", "--type", "otp")).toMatchObject({ code: 0 });
    expect(await npm("run", "check")).toMatchObject({ code: 0 });
    const more = await npm("test");
    expect(more, more.stdout + more.stderr).toMatchObject(passed);
    expect(more.stdout).toContain("sms_ir");

    const port = await freePort();
    vi.stubEnv("PORT", String(port));
    const start: string[] = manifest.scripts.start.split(" ").slice(1);
    await using server = await openProgram(folder, start, port);
    await expectPanel(server);
    expect((await server.ask("/codes", { method: "POST" })).status).toBe(204);
    expect((await server.ask("/elsewhere")).status).toBe(404);
  });

  test.each([
    ["y", "y\r", 0, "wrote src/plugbay.config.ts"],
    ["n", "n\r", 0, "Nothing was written."],
    ["Enter", "\r", 0, "Nothing was written."],
    ["Ctrl-D", "\u0004", 0, "Nothing was written."],
    ["Ctrl-C", "\u0003", 130, "Write these files? [y/N]"],
  ])("is asked about on a terminal, where somebody answers with %s", async (_, keys, code, said) => {
    const outcome = await onTerminal(folder, [...command(), "init"], {
      question: "Write these files?",
      keys,
    });
    expect(outcome).toMatchObject({ code, text: expect.stringContaining(said) });
    const isWritten = said.startsWith("wrote");
    expect((await readdir(folder)).length > 0).toBe(isWritten);
  });
});

describe("an application", () => {
  const nameOf = (framework: Framework, kind: string) => `${framework}-${kind}`;
  const folderOf = (framework: Framework, kind: string) => join(app.folder, nameOf(framework, kind));
  const kinds = { module: { type: "module" }, commonjs: {} } as const;
  const typescript = Object.keys(frameworks) as Framework[];

  /** What the command says is left to do, by application. */
  const lines = new Map<string, readonly string[]>();

  async function make(framework: Framework, kind: string, manifest: object): Promise<void> {
    const name = nameOf(framework, kind);
    const text = { name, dependencies: frameworks[framework], ...manifest };
    await app.write({ [`${name}/package.json`]: JSON.stringify(text), [`${name}/src/README`]: "" });
    const outcome = await plugbay(folderOf(framework, kind), "init", "--yes", "--json");
    expect(outcome, outcome.stderr).toMatchObject(succeeded);
    const { project, next } = JSON.parse(outcome.stdout);
    expect(project).toMatchObject({ framework });
    lines.set(
      name,
      next.flatMap((step: { lines: string[] }) => step.lines),
    );
  }

  /** A program with the lines that the command has printed for it. */
  async function writeProgram(
    framework: Framework,
    program: Readonly<Record<string, string>>,
  ): Promise<void> {
    const name = nameOf(framework, "module");
    const left = lines.get(name)?.filter((line) => /import|anel[^.]*\)/.test(line)) ?? [];
    expect(left.length).toBeGreaterThan(1);
    for (const line of left) expect(Object.values(program).join("\n")).toContain(line);
    await app.write(
      Object.fromEntries(Object.entries(program).map(([path, text]) => [`${name}/src/${path}`, text])),
    );
  }

  beforeAll(async () => {
    const devDependencies = { typescript: "*" };
    for (const framework of typescript)
      for (const [kind, manifest] of Object.entries(kinds))
        await make(framework, kind, { ...manifest, devDependencies });
    await make("express", "plain-module", kinds.module);
    await make("express", "plain-commonjs", kinds.commonjs);
    await writeProgram("express", {
      "main.ts": `import express from "express";
import { panel } from "./panel.js";

const app = express();
app.use(panel);
app.listen(3000);
`,
    });
    await writeProgram("nest", {
      "app.module.ts": `import { Module } from "@nestjs/common";
import { PlugbayModule } from "plugbay/nest";
import config from "./plugbay.config.js";

@Module({
  imports: [PlugbayModule.forRoot(config)]
})
export class AppModule {}
`,
      "main.ts": `import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module.js";
import { mountPanel } from "./panel.js";

const app = await NestFactory.create(AppModule);
mountPanel(app);
await app.listen(3000);
`,
    });
    // How each of the others mounts it.
    await writeProgram("fastify", {
      "main.ts": `import { fastify } from "fastify";
import { panel } from "./panel.js";

const app = fastify();
await app.register(panel);
await app.listen({ port: 3000 });
`,
    });
    await writeProgram("koa", {
      "main.ts": `import Koa from "koa";
import { panel } from "./panel.js";

const app = new Koa();
app.use(panel);
app.listen(3000);
`,
    });
    await writeProgram("hono", {
      "main.ts": `import { Hono } from "hono";
import { panel } from "./panel.js";

export const app = new Hono();
app.use(panel);
`,
    });
    await writeProgram("node", {
      "main.ts": `import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { panel } from "./panel.js";

const yours = (_request: IncomingMessage, response: ServerResponse) => response.writeHead(404).end();

const server = createServer((request, response) => panel(request, response, () => yours(request, response)));
server.listen(3000);
`,
    });
  });

  test("gets files that compile, in each framework and each kind of module", async () => {
    const compilerOptions = {
      ...{ module: "nodenext", target: "es2023", types: ["node"], noEmit: true, skipLibCheck: true },
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
      ...{ noUnusedLocals: true, noUnusedParameters: true, isolatedModules: true, declaration: true },
      ...{ experimentalDecorators: true },
    };
    await app.write({ "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*/src"] }) });
    const outcome = await app.run("tsc");
    expect(outcome).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.each([
    ["express", "module", "tsx", "ts"],
    ["nest", "commonjs", "tsx", "ts"],
    ["express", "plain-module", "node", "js"],
    ["express", "plain-commonjs", "node", "js"],
  ] as const)("gets tests that pass: %s, %s", async (framework, kind, command, extension) => {
    const file = `${nameOf(framework, kind)}/src/plugins/otp.test.${extension}`;
    const outcome = await app.run(command, "--test", file);
    expect(outcome, outcome.stdout + outcome.stderr).toMatchObject(passed);
  });

  test.each([
    ["express", "module"],
    ["nest", "commonjs"],
    ["express", "plain-module"],
    ["express", "plain-commonjs"],
  ] as const)("gets a config that the command goes by: %s, %s", async (framework, kind) => {
    const folder = folderOf(framework, kind);
    expect(await plugbay(folder, "migrate")).toMatchObject({ code: 0 });
    expect((await plugbay(folder, "explain", "otp")).stdout).toContain("served by apps/otp-sms:sms");
  });

  test.each(["express", "nest"] as const)(
    "on %s serves the panel as the command says, to nobody but whom PANEL_USER names",
    async (framework) => {
      const folder = folderOf(framework, "module");
      // As `nest new` has it, for tsx.
      const settings = { compilerOptions: { experimentalDecorators: true } };
      await writeFile(join(folder, "tsconfig.json"), JSON.stringify(settings));
      {
        await using server = await openServer(folder, "src/main.ts");
        expect((await server.ask(types)).status).toBe(401);
      }
      vi.stubEnv("PANEL_USER", "developer");
      const program = join(folder, "src/main.ts");
      await writeFile(program, againOn3000(await readFile(program, "utf8")));
      await using server = await openServer(folder, "src/main.ts");
      await expectPanel(server);
    },
  );
});

/** With the port that `openServer` replaces. */
const againOn3000 = (text: string): string => text.replace(/listen\(\d+\)/, "listen(3000)");
