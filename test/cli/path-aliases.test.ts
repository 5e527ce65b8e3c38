import { expect, test } from "vitest";
import { configThat, makeApplication } from "./application.ts";
import { runCli } from "./run-cli.ts";

const paths = (target: string, more: object = {}) => ({
  compilerOptions: { ...more, paths: { "@app/*": [target] } },
});

test.each<[string, Record<string, object>]>([
  ["itself", { "tsconfig.json": paths("./src/*") }],
  ["itself, from a base", { "tsconfig.json": paths("./*", { baseUrl: "./src" }) }],
  [
    "a chain of configs",
    {
      "tsconfig.json": { extends: "./config/app.json" },
      "config/app.json": { extends: "./base/all" },
      "config/base/all.json": paths("../../src/*"),
    },
  ],
  [
    "a chain of configs, from a base",
    {
      "tsconfig.json": { extends: "./config/app.json" },
      "config/app.json": { extends: "./base/all.json" },
      "config/base/all.json": paths("*", { baseUrl: "../../src" }),
    },
  ],
  [
    "several configs, of which the last one counts",
    {
      "tsconfig.json": { extends: ["./nowhere.json", "./strict.json", "./app.json", "./node.json"] },
      "nowhere.json": paths("./nowhere/*"),
      "strict.json": { compilerOptions: { strict: true } },
      "app.json": paths("./src/*"),
      "node.json": { compilerOptions: { types: ["node"] } },
    },
  ],
  [
    "a config of a package",
    {
      "tsconfig.json": { extends: "@example/tsconfig" },
      "node_modules/@example/tsconfig/package.json": { name: "@example/tsconfig", version: "1.0.0" },
      "node_modules/@example/tsconfig/tsconfig.json": paths("../../../src/*"),
    },
  ],
  [
    "a config that a package exports",
    {
      "tsconfig.json": { extends: ["@example/tsconfig/node"] },
      "node_modules/@example/tsconfig/package.json": {
        name: "@example/tsconfig",
        exports: { "./node": "./configs/node.json" },
      },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: It is TypeScript that fills it in.
      "node_modules/@example/tsconfig/configs/node.json": paths("${configDir}/src/*"),
    },
  ],
])("a path alias is found that the tsconfig has from %s", async (_, files) => {
  const folder = await makeApplication({
    ...files,
    "plugbay.config.ts": configThat('import { found } from "@app/mail/sender"; process.stderr.write(found);'),
    // Modules of the application use the aliases among themselves, too.
    "src/mail/sender.ts": 'export { found } from "@app/mail/found.js";',
    "src/mail/found.ts": 'export const found: string = "found";',
  });
  expect(await runCli(folder, "migrate")).toMatchObject({ code: 0, stderr: "found" });
});

test("a module is found from the base that a tsconfig extends, without an alias", async () => {
  const folder = await makeApplication({
    "tsconfig.json": { extends: "./config/base.json" },
    "config/base.json": { compilerOptions: { baseUrl: "../src" } },
    "plugbay.config.ts": configThat('import { found } from "mail/found"; process.stderr.write(found);'),
    "src/mail/found.ts": 'export const found: string = "found";',
  });
  expect(await runCli(folder, "migrate")).toMatchObject({ code: 0, stderr: "found" });
});
