import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Application } from "../harness/application.ts";
import { installExample } from "../harness/example.ts";

let app: Application;

beforeAll(async () => {
  app = await installExample("script");
});
afterAll(() => app?.[Symbol.asyncDispose]());

test("examples/script goes by an operator's choice, as a module and in CommonJS", async () => {
  const module = await app.run("npm", "start", "--silent", "--", "one");
  expect(module).toMatchObject({ code: 0, stdout: "printed: one\n" });
  const commonjs = await app.run("npm", "run", "start:commonjs", "--silent", "--", "two");
  expect(commonjs).toMatchObject({ code: 0, stdout: "printed: two\n" });

  expect(await app.run("npx", "plugbay", "set", "print", "--status", "disable")).toMatchObject({ code: 0 });
  expect(await app.run("npm", "start", "--silent", "--", "three")).toMatchObject({ code: 0, stdout: "" });
  const again = await app.run("npm", "run", "start:commonjs", "--silent", "--", "four");
  expect(again).toMatchObject({ code: 0, stdout: "" });
  expect(await readFile(join(app.folder, "messages.txt"), "utf8")).toBe("three\nfour\n");
});
