import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Application } from "../harness/application.ts";
import { installExample } from "../harness/example.ts";

let app: Application;

beforeAll(async () => {
  app = await installExample("third-party-plugin");
});
afterAll(() => app?.[Symbol.asyncDispose]());

test("examples/third-party-plugin sends by a plugin for another package's type", async () => {
  const outcome = await app.run("npm", "start", "--silent");
  expect(outcome).toMatchObject({ code: 0, stdout: "sent as acme-1: hello\n" });
});

test("its own tests pass, and fail where the plugin breaks what its type asks for", async () => {
  expect(await app.run("npm", "test")).toMatchObject({ code: 0 });
  const file = join(app.folder, "acme/acme.js");
  const code = await readFile(file, "utf8");
  await writeFile(file, code.replace("return id;", 'return "";'));
  const { code: exitCode, stdout } = await app.run("npm", "test");
  expect(exitCode).not.toBe(0);
  expect(stdout).toContain("resolves with an id");
  await writeFile(file, code);
});
