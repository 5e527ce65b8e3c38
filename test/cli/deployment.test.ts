import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { commandWithoutOptionalPackages } from "../serve/command-without.ts";
import { makeApplication } from "./application.ts";
import { runCliProcess } from "./cli-process.ts";

const source = join(import.meta.dirname, "..", "..", "src");

/** A folder of JavaScript as it is deployed: with the packages of production, and no TypeScript. */
async function deploy(files: Readonly<Record<string, string | object>>): Promise<string> {
  const folder = await makeApplication(
    {
      "node_modules/plugbay/package.json": {
        name: "plugbay",
        type: "module",
        exports: { ".": "./index.js", "./sqlite": "./store/sqlite/index.js" },
      },
      ...files,
    },
    ["kysely", "@photostructure/sqlite"],
  );
  await build({
    entryPoints: [join(source, "index.ts"), join(source, "store", "sqlite", "index.ts")],
    outbase: source,
    outdir: join(folder, "node_modules", "plugbay"),
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
  });
  return folder;
}

/** What is left of the application's source. */
const dist = {
  "package.json": { type: "module" },
  "dist/types.js": `
    import { definePluginType } from "plugbay";
    globalThis.evaluations = (globalThis.evaluations ?? 0) + 1;
    export const mail = definePluginType({ name: "mail", manager: "apps/mail", methods: { send: "required" } });`,
  "dist/plugins.js": `
    import { definePlugin } from "plugbay";
    import { mail } from "./types.js";
    export const smtp = definePlugin(mail, {
      name: "smtp",
      module: "apps/smtp",
      create: async () => {
        const again = await import("./types.js");
        process.stderr.write(again.mail === mail ? "same" : "another");
        return { send() {} };
      },
    });`,
};

/** Only a compiler would give a module in ES syntax a \`require\`. */
const esConfig = `
  import { defineConfig } from "plugbay";
  import { sqlite } from "plugbay/sqlite";
  import { smtp } from "./dist/plugins.js";
  import { mail } from "./dist/types.js";
  if (typeof require !== "undefined" || globalThis.evaluations !== 1) throw new Error("compiled");
  export default defineConfig({ database: sqlite("app.db"), plugins: [mail, smtp] });`;

/** As TypeScript compiles a config to CommonJS. */
const compiledConfig = `
  Object.defineProperty(exports, "__esModule", { value: true });
  const { createRegistry } = require("plugbay");
  const { sqlite } = require("plugbay/sqlite");
  exports.default = { database: sqlite("app.db"), plugins: createRegistry() };`;

describe("a deployment with JavaScript alone", () => {
  test.each(["plugbay.config.mjs", "plugbay.config.js"])("has its %s loaded by Node itself", async (name) => {
    const folder = await deploy({ ...dist, [name]: esConfig });
    const run = await commandWithoutOptionalPackages(folder);
    expect(await run(folder, "migrate")).toMatchObject({ code: 0, stderr: "" });
    const explained = await run(folder, "explain", "mail");
    expect(explained).toMatchObject({ code: 0, stderr: "same" });
    expect(explained.stdout).toContain("mail (apps/mail) is served by apps/smtp:smtp.");
    // As the command would leave one that had compiled something; the folder may be read-only.
    expect(existsSync(join(folder, "node_modules", ".cache"))).toBe(false);
  });

  test.each([
    ["plugbay.config.cjs", compiledConfig.replace("exports.default", "module.exports")],
    ["plugbay.config.cjs", compiledConfig],
    ["plugbay.config.js", compiledConfig],
  ])("may have its %s in CommonJS, written or compiled", async (name, text) => {
    const folder = await deploy({ [name]: text });
    const run = await commandWithoutOptionalPackages(folder);
    expect(await run(folder, "migrate")).toMatchObject({ code: 0, stderr: "" });
  });

  test("may have a compiled config in dist", async () => {
    const folder = await deploy({
      ...dist,
      "dist/plugbay.config.js": esConfig.replaceAll("./dist/", "./"),
    });
    const run = await commandWithoutOptionalPackages(folder);
    expect(await run(folder, "migrate", "--config", "dist/plugbay.config.js")).toMatchObject({ code: 0 });
  });
});

test("a config in JavaScript that throws runs once", async () => {
  const folder = await makeApplication({
    "plugbay.config.mjs": `
      process.stderr.write("run, ");
      throw new Error("no address is set");`,
  });
  expect(await runCliProcess(folder, "list")).toEqual({
    code: 2,
    stdout: "",
    stderr: "run, error: plugbay.config.mjs could not be loaded: no address is set\n",
  });
});
