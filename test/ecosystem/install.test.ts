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

const nodeMajor = Number.parseInt(process.versions.node, 10);

test("it runs on kysely 0.29, which wants Node 22", async () => {
  await using app = await Application.make({
    files: { "main.mjs": programs.modules, "main.cjs": programs.commonjs },
    // The npm package of that name brings a Node.
    dependencies: { kysely: "^0.29", ...(nodeMajor < 22 && { node: "^22" }) },
  });
  const node = nodeMajor < 22 ? "node_modules/.bin/node" : "node";
  for (const file of ["main.mjs", "main.cjs"])
    expect(await app.run(node, file)).toMatchObject({ code: 0, stdout: "sent\n" });
});

/** Of an application that has not installed OpenTelemetry. */
const instrumented = `
async function main({ openPlugbay }, { sqlite }, { instrument, TelemetryApiMissingError }) {
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp] });
  try {
    await instrument(plugbay);
    console.log("instrumented");
  } catch (error) {
    console.log(error instanceof TelemetryApiMissingError, error.code, error.message, error.cause.code);
  }
  console.log(await plugbay.run(mail, (sender) => sender.send()));
  await plugbay.close();
}
const mail = definePluginType({ name: "mail", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => "sent" }) });
`;

const telemetry = {
  "main.mjs": `
    import * as plugbay from "plugbay";
    import * as sqlite from "plugbay/sqlite";
    import * as telemetry from "plugbay/opentelemetry";
    const { definePlugin, definePluginType } = plugbay;
    ${instrumented}
    await main(plugbay, sqlite, telemetry);`,
  "main.cjs": `
    const plugbay = require("plugbay");
    const { definePlugin, definePluginType } = plugbay;
    ${instrumented}
    main(plugbay, require("plugbay/sqlite"), require("plugbay/opentelemetry"));`,
};

test("without OpenTelemetry's API instrument says what to install, and calls go on", async () => {
  await using app = await Application.make({ files: telemetry, dependencies: sqlite });
  const says = `the package "@opentelemetry/api" is not installed; run: npm install @opentelemetry/api`;
  const stdout = `true TELEMETRY_API_MISSING ${says} ERR_MODULE_NOT_FOUND\nsent\n`;
  expect(await app.run("node", "main.mjs")).toMatchObject({ code: 0, stdout });
  expect(await app.run("node", "main.cjs")).toMatchObject({ code: 0, stdout });

  const dependencies = { ...sqlite, "@opentelemetry/api": "^1.9.0" };
  await using other = await Application.make({ files: telemetry, dependencies });
  for (const file of Object.keys(telemetry))
    expect(await other.run("node", file)).toMatchObject({ code: 0, stdout: "instrumented\nsent\n" });
});
