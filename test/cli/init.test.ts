import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { frameworks } from "../../src/cli/init/project.ts";
import { makeApplication } from "./application.ts";
import { readIn } from "./new-senders.ts";
import type { Outcome } from "./outcome.ts";
import { runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

/** What `--json` prints. */
interface Told {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly kept: readonly string[];
  readonly project: Readonly<Record<string, string>> | null;
  readonly next: readonly { readonly what: string; readonly lines: readonly string[] }[];
}

const toldBy = ({ stdout }: Outcome): Told => JSON.parse(stdout);

async function init(folder: string, ...operands: string[]): Promise<Told> {
  const outcome = await runCli(folder, "init", "--yes", "--json", ...operands);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  return toldBy(outcome);
}

const linesOf = ({ next }: Told): string[] => next.flatMap(({ lines }) => lines);

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();

const application = (manifest: object, files: Readonly<Record<string, string | object>> = {}) =>
  makeApplication({ "package.json": { name: "shop", ...manifest }, ...files });

const having = (...packages: string[]) => ({
  dependencies: Object.fromEntries(packages.map((name) => [name, "*"])),
});

describe("in an empty folder", () => {
  test("it writes an application in TypeScript, whose package.json has all that it imports", async () => {
    const folder = await makeFolder();
    const { written, project } = await init(folder);
    expect(await filesIn(folder)).toEqual([...written].sort());
    expect(project).toEqual({
      ...{ language: "typescript", modules: "esm", framework: "node", runner: "node" },
      ...{ database: "sqlite", packageManager: "npm" },
    });
    const manifest = JSON.parse(await readIn(folder, "package.json"));
    expect(manifest).toMatchObject({ private: true, type: "module" });
    expect(Object.keys(manifest.scripts)).toEqual(["start", "test", "check"]);
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(["kysely", "plugbay"]));
    expect(Object.keys(manifest.devDependencies)).toEqual(["@types/node", "tsx", "typescript"]);
    // The panel is open to whom this file names, so it stays where it was made.
    expect(await readIn(folder, ".gitignore")).toMatch(/^\.env$/m);
  });

  test("--database has the driver installed, and the config go by DATABASE_URL", async () => {
    const folder = await makeFolder();
    await init(folder, "--database", "postgres");
    expect(JSON.parse(await readIn(folder, "package.json")).dependencies).toHaveProperty("pg");
    expect(await readIn(folder, "src/plugbay.config.ts")).toContain("postgres(process.env.DATABASE_URL");
  });

  test("it writes nothing a second time, and names what was there", async () => {
    const folder = await makeFolder();
    await init(folder);
    const again = await runCli(folder, "init", "--yes");
    expect(again).toMatchObject({ code: 4, stderr: "" });
    expect(again.stdout).toContain("src/plugbay.config.ts is there already, so nothing was written.");
    expect(again.stdout).toContain("plugbay new plugin");
  });

  test("after one that was interrupted at any file, it writes what is missing", async () => {
    const folder = await makeFolder();
    const { written } = await init(folder);
    for (const [index, path] of [...written.entries()].reverse()) {
      await rm(join(folder, path));
      const again = await init(folder);
      expect(again).toMatchObject({ written: written.slice(index), kept: [] });
      for (const later of written.slice(index)) await rm(join(folder, later));
    }
  });

  test("without --yes and without a terminal to ask on, it writes nothing", async () => {
    const folder = await makeFolder();
    const outcome = await runCli(folder, "init");
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--yes") });
    expect(await readdir(folder)).toEqual([]);
  });

  test("it makes no application of a framework, which has its own way to begin", async () => {
    const folder = await makeFolder();
    const outcome = await runCli(folder, "init", "--yes", "--framework", "nest");
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining("there is no package.json") });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("what is there", () => {
  test("is left as it is, is named, and makes it end with 4", async () => {
    const folder = await application({}, { "src/panel.js": "mine\n", "src/plugins/otp.js": "mine, too\n" });
    const outcome = await runCli(folder, "init", "--yes");
    expect(outcome).toMatchObject({ code: 4, stderr: "" });
    for (const path of ["src/panel.js", "src/plugins/otp.js"])
      expect(outcome.stdout).toContain(`${path} is there already with another content, and is left as it is`);
    expect(await readIn(folder, "src/panel.js")).toBe("mine\n");
    expect(await readIn(folder, "src/plugins/otp.js")).toBe("mine, too\n");
    expect(outcome.stdout).toContain("wrote src/plugins/sms.js");
    expect(JSON.parse(await readIn(folder, "package.json"))).toEqual({ name: "shop" });
  });

  test("such as a folder in the place of a file is no reason to stop", async () => {
    const folder = await application({}, { "plugins/otp.js/notes.txt": "mine" });
    const outcome = await runCli(folder, "init", "--yes", "--json");
    expect(outcome).toMatchObject({ code: 4, stderr: "" });
    expect(toldBy(outcome).kept).toEqual(["plugins/otp.js"]);
  });

  test("such as a file in the place of a folder is told, and nothing is written", async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, "src"), "mine");
    const outcome = await runCli(folder, "init", "--yes");
    expect(outcome).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("otp.ts could not be written"),
    });
    expect(await readdir(folder)).toEqual(["src"]);
  });

  test("such as files without a package.json stay beside those of a new application", async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, "README.md"), "mine\n");
    await writeFile(join(folder, "tsconfig.json"), "{}\n");
    const outcome = await runCli(folder, "init", "--yes", "--json");
    expect(outcome.code).toBe(4);
    expect(toldBy(outcome)).toMatchObject({ kept: ["tsconfig.json"] });
    expect(toldBy(outcome).written).toContain("package.json");
    expect(await readIn(folder, "tsconfig.json")).toBe("{}\n");
  });

  test.each([
    ["{ name: shop", "could not be read"],
    ["[]", "is no package.json"],
  ])("such as a package.json of %s is told", async (text, message) => {
    const folder = await makeApplication({ "package.json": text });
    const outcome = await runCli(folder, "init", "--yes", "--json");
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(outcome.stderr).error.message).toContain(`package.json ${message}`);
    expect(await readdir(folder)).toEqual(["package.json"]);
  });

  test.each(["plugbay.config.ts", "plugbay.config.mjs", "src/plugbay.config.ts"])(
    "such as a %s says that plugbay is there already",
    async (path) => {
      const folder = await application({}, { [path]: "export default {};\n" });
      const outcome = await runCli(folder, "init", "--yes", "--json");
      expect(outcome.code).toBe(4);
      expect(toldBy(outcome)).toEqual({ written: [], unchanged: [], kept: [path], project: null, next: [] });
    },
  );
});

/** The kinds of applications, and how their files look. */
const kinds = {
  "TypeScript in ES modules": {
    manifest: { type: "module" },
    files: { "tsconfig.json": "{}" },
    looks: { extension: "ts", imports: 'import { otp } from "./plugins/otp.js";' },
  },
  "TypeScript in CommonJS": {
    manifest: {},
    files: { "tsconfig.json": "{}" },
    looks: { extension: "ts", imports: 'import { otp } from "./plugins/otp";' },
  },
  "TypeScript whose imports say .ts": {
    manifest: { type: "module" },
    files: { "tsconfig.json": '{\n  "compilerOptions": {\n    "rewriteRelativeImportExtensions": true } }' },
    looks: { extension: "ts", imports: 'import { otp } from "./plugins/otp.ts";' },
  },
  "JavaScript in ES modules": {
    manifest: { type: "module" },
    files: {},
    looks: { extension: "js", imports: 'import { otp } from "./plugins/otp.js";' },
  },
  "JavaScript in CommonJS": {
    manifest: {},
    files: {},
    looks: { extension: "js", imports: 'const { otp } = require("./plugins/otp.js");' },
  },
} as const;

describe.each(Object.entries(kinds))("an application in %s", (_kind, { manifest, files, looks }) => {
  test.each(frameworks)("gets files of its kind for %s, whose syntax is right", async (framework) => {
    const folder = await application(manifest, files);
    const { written, project } = await init(folder, "--framework", framework);
    expect(project).toMatchObject({ framework });
    expect(written.filter((path) => !path.endsWith(`.${looks.extension}`))).toEqual([]);
    for (const path of written) {
      const text = await readIn(folder, path);
      const loader = looks.extension;
      expect(() => transformSync(text, { loader, sourcefile: path, logLevel: "silent" }), path).not.toThrow();
      expect(text, path).not.toMatch(/[⟨⟩]|undefined|\n\n\n/);
      const isNext = framework === "next";
      if (looks.imports.startsWith("const") && !isNext) expect(text, path).not.toMatch(/^(import|export) /m);
      else expect(text, path).not.toMatch(/\brequire\(|module\.exports/);
    }
    if (framework === "next") return;
    const config = await readIn(folder, `plugbay.config.${looks.extension}`);
    expect(config.split("\n")).toContain(looks.imports);
  });
});

describe("the framework", () => {
  test.each([
    ["node", []],
    ["express", ["express"]],
    ["koa", ["koa"]],
    ["hono", ["hono"]],
    ["fastify", ["fastify", "express"]],
    ["next", ["next", "react"]],
    ["nest", ["@nestjs/core", "@nestjs/platform-express", "express"]],
  ])("%s is found in package.json", async (framework, packages) => {
    const folder = await application(having(...packages));
    const told = await init(folder);
    expect(told.project).toMatchObject({ framework });
    const panel = framework === "next" ? "app/admin/plugins/[[...path]]/route.js" : "panel.js";
    expect(await readIn(folder, panel)).toContain(`plugbay/${framework}"`);
  });

  test("Nest gets the module's line, and tests by the name that its settings look for", async () => {
    const files = { "tsconfig.json": "{}", "src/main.ts": "" };
    const folder = await application(having("@nestjs/core", "jest"), files);
    const told = await init(folder);
    expect(told.written).toContain("src/plugins/otp.spec.ts");
    expect(linesOf(told)).toContain("imports: [PlugbayModule.forRoot(config)]");
    expect(linesOf(told)).toContain('import { mountPanel } from "./panel";');
  });

  test.each([
    [{ "src/app/page.js": "" }, "src/"],
    [{ "app/page.js": "", "src/lib.js": "" }, ""],
    [{ "src/pages/index.js": "" }, "src/"],
  ])("Next gets a route where it has its own: %j", async (files, below) => {
    const { written } = await init(await application(having("next"), files));
    expect(written).toContain(`${below}app/admin/plugins/[[...path]]/route.js`);
    expect(written).toContain(`${below}plugbay.config.js`);
  });
});

describe("the tests", () => {
  test.each([
    ["vitest", { devDependencies: { vitest: "^4" } }, /from "vitest";/, /^npx vitest run plugins\/$/],
    ["jest", { devDependencies: { jest: "^30" } }, /expect\(sent\)/, /^npx jest plugins\/$/],
    ["jest", { scripts: { test: "jest --ci" }, devDependencies: { vitest: "^4" } }, /expect\(sent\)/, /jest/],
    ["node", {}, /from "node:test";/, /^node --test plugins\/\*\.test\.js$/],
  ])("are for %s in an application with %j", async (runner, manifest, text, line) => {
    const folder = await application({ type: "module", ...manifest });
    const told = await init(folder);
    expect(told.project).toMatchObject({ runner });
    expect(await readIn(folder, "plugins/otp.test.js")).toMatch(text);
    expect(linesOf(told)).toContainEqual(expect.stringMatching(line));
  });
});

describe("what is to be installed", () => {
  test.each([
    ["npm", {}, {}, "npm install plugbay kysely@0.28"],
    ["npm", {}, { "package-lock.json": "{}" }, "npm install plugbay kysely@0.28"],
    ["pnpm", {}, { "pnpm-lock.yaml": "" }, "pnpm add plugbay kysely@0.28"],
    ["yarn", {}, { "yarn.lock": "" }, "yarn add plugbay kysely@0.28"],
    ["bun", {}, { "bun.lock": "" }, "bun add plugbay kysely@0.28"],
    ["pnpm", { packageManager: "pnpm@10.1.0" }, { "yarn.lock": "" }, "pnpm add plugbay kysely@0.28"],
  ])("is told as %s has it", async (packageManager, manifest, files, line) => {
    const told = await init(await application(manifest, files));
    expect(told.project).toMatchObject({ packageManager });
    expect(linesOf(told)).toContainEqual(expect.stringMatching(new RegExp(`^${line}`)));
  });

  test("goes by the lock file of a workspace, and not by those of other folders above", async () => {
    const workspace = await makeApplication({
      "package.json": { workspaces: ["apps/*"] },
      "yarn.lock": "",
      "apps/shop/package.json": { name: "shop" },
    });
    expect((await init(join(workspace, "apps/shop"))).project).toMatchObject({ packageManager: "yarn" });
    const other = await makeApplication({ "yarn.lock": "", "shop/package.json": { name: "shop" } });
    expect((await init(join(other, "shop"))).project).toMatchObject({ packageManager: "npm" });
  });

  test("is only what is not there yet, and what tests in TypeScript are run by", async () => {
    const has = having("plugbay", "kysely", "pg", "express", "@types/node");
    const told = await init(await application({ type: "module", ...has }, { "tsconfig.json": "{}" }));
    expect(told.project).toMatchObject({ database: "postgres" });
    expect(linesOf(told).filter((line) => line.startsWith("npm install"))).toEqual([
      "npm install --save-dev tsx",
    ]);
  });

  test("is installed by --install, of which a failure is told", async () => {
    const folder = await application({ packageManager: "bun@1.0.0" });
    const { PATH } = process.env;
    // Where no package manager is.
    process.env.PATH = folder;
    try {
      const outcome = await runCli(folder, "init", "--yes", "--install");
      expect(outcome).toMatchObject({ code: 1, stdout: "" });
      expect(outcome.stderr).toContain('"bun add plugbay kysely@0.28');
    } finally {
      process.env.PATH = PATH;
    }
    expect(await filesIn(folder)).toContain("plugbay.config.js");
  });
});
