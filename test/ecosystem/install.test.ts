import { expect, test } from "vitest";
import { Application } from "./harness/application.ts";
import * as programs from "./programs.ts";

const sqlite = { "@photostructure/sqlite": "^1.2.1" };

/** As Node up to 22.9, Bun, and what compiles as it loads do: another copy for `require` than for `import`. */
const twoCopies = `
const copy = "./node_modules/plugbay/dist/commonjs";
const { openPlugbay, PlugbayError } = require(copy);
const { postgres } = require(copy + "/store/postgres/index.js");
const { sqlite } = require(copy + "/store/sqlite/index.js");

async function main() {
  const modules = await import("plugbay");
  console.log(PlugbayError === modules.PlugbayError);
  const { createAdmin } = await import("plugbay/admin");
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [] });
  const admin = createAdmin(plugbay, { authorize: () => ({ actor: "alice", access: "read" }) });
  const { status } = await admin.fetch(new Request("http://localhost/api/items/01a21a1a-adb3-7003-a358-5e4e61fe5569"));
  console.log(status);
  await plugbay.close();
  const database = postgres("postgres://127.0.0.1:1/none");
  await modules.openPlugbay({ database, plugins: [] }).catch((error) => console.log(error.code, error instanceof PlugbayError));
}
main();
`;

test("two copies of plugbay in a process are as one", async () => {
  await using app = await Application.make({ files: { "main.cjs": twoCopies }, dependencies: sqlite });
  const outcome = { code: 0, stdout: "false\n404\nDRIVER_MISSING true\n" };
  expect(await app.run("node", "main.cjs")).toMatchObject(outcome);
});

test("a program runs in a folder that has nothing else", async () => {
  await using app = await Application.make({
    files: { "main.mjs": programs.modules, "main.cjs": programs.commonjs },
    dependencies: sqlite,
  });
  expect(await app.run("node", "main.mjs")).toMatchObject({ code: 0, stdout: "sent\n" });
  expect(await app.run("node", "main.cjs")).toMatchObject({ code: 0, stdout: "sent\n" });
  expect(await app.run("npx", "--no", "--", "plugbay", "--version")).toMatchObject({ code: 0, stderr: "" });
});
