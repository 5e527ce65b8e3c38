import { expect, test } from "vitest";
import { Application } from "./harness/application.ts";
import * as programs from "./programs.ts";

const sqlite = { "@photostructure/sqlite": "^1.2.1" };

test("a program runs in a folder that has nothing else", async () => {
  await using app = await Application.make({
    files: { "main.mjs": programs.modules, "main.cjs": programs.commonjs },
    dependencies: sqlite,
  });
  expect(await app.run("node", "main.mjs")).toMatchObject({ code: 0, stdout: "sent\n" });
  expect(await app.run("node", "main.cjs")).toMatchObject({ code: 0, stdout: "sent\n" });
  expect(await app.run("npx", "--no", "--", "plugbay", "--version")).toMatchObject({ code: 0, stderr: "" });
});
