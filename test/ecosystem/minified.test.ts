import { expect, inject, test } from "vitest";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { Application } from "./harness/application.ts";
import * as programs from "./programs.ts";

const program = `
import { CamelCasePlugin, Kysely, MysqlDialect, PostgresDialect } from "kysely";
import mysql2 from "mysql2";
import pg from "pg";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";

const mail = definePluginType({ name: "mail", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => "sent" }) });

async function send(database) {
  const plugbay = await openPlugbay({ database, migrate: true, plugins: [mail, smtp] });
  console.log(plugbay.require(mail).send());
  const [{ id }] = plugbay.items(mail);
  await plugbay.control.updateItem(id, { description: "it's \\\\ 🔌" }, { actor: "it's me" });
  console.log((await plugbay.control.history({ actor: "it's me" })).length);
  await plugbay.close();
}

const { MYSQL_URL, POSTGRES_URL } = process.env;
await send(sqlite(":memory:"));
const plugins = [new CamelCasePlugin()];
const pool = new pg.Pool({ connectionString: POSTGRES_URL });
await send(new Kysely({ dialect: new PostgresDialect({ pool }), plugins }));
await pool.end();
const mysqlPool = mysql2.createPool(MYSQL_URL);
await send(new Kysely({ dialect: new MysqlDialect({ pool: mysqlPool }), plugins }));
await mysqlPool.promise().end();
await openPlugbay({ database: sqlite("/nowhere/app.db"), plugins: [] }).catch(({ name, code }) => console.log(name, code));
`;

/** Loads plugbay with `require`, and has the panel answer. */
const commonjs = `
${programs.commonjs.replace("if (require.main === module) send().then(console.log);", "")}
const { createAdmin } = require("plugbay/admin");
const { mysql } = require("plugbay/mysql");
const { redis } = require("plugbay/redis");

async function main() {
  console.log(await send());
  const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp] });
  const admin = createAdmin(plugbay, { authorize: () => ({ actor: "alice", access: "read" }) });
  const page = await (await admin.fetch(new Request("http://localhost/"))).text();
  const [, script] = /<script .* src="([^"]*)"/.exec(page);
  console.log((await admin.fetch(new Request("http://localhost" + script))).status);
  await plugbay.close();
  const push = redis("redis://127.0.0.1:1");
  await push.publish("topic", "message").catch(({ code }) => console.log(code));
}
main();
`;

const dependencies = { esbuild: "^0.28", pg: "^8", mysql2: "^3", "@photostructure/sqlite": "^1.2.1" };
const [postgresUrl, mysqlUrl] = [inject("postgresUrl"), inject("mysqlUrl")];

test.skipIf(postgresUrl === null || mysqlUrl === null)(
  "plugbay and Kysely run in a bundle whose names are minified",
  async () => {
    const [postgres, mysql] = [await freshPostgres(postgresUrl ?? ""), await freshMysql(mysqlUrl ?? "")];
    try {
      await using app = await Application.make({
        files: { "main.mjs": program },
        dependencies,
      });
      const drivers = ["pg", "mysql2", "@photostructure/sqlite"].map((name) => `--external:${name}`);
      const options = ["--bundle", "--minify", "--platform=node", "--format=esm", "--outfile=bundle.mjs"];
      const built = await app.run("esbuild", "main.mjs", ...options, ...drivers);
      expect(built).toMatchObject({ code: 0 });
      const env = { POSTGRES_URL: postgres.url, MYSQL_URL: mysql.url };
      const ran = await app.runWith(env, "node", "bundle.mjs");
      expect(ran).toMatchObject({
        code: 0,
        stdout: `${"sent\n1\n".repeat(3)}DatabaseUnavailableError DATABASE_UNAVAILABLE\n`,
      });
    } finally {
      await Promise.all([postgres.drop(), mysql.drop()]);
    }
  },
);

test("plugbay runs in a bundle that took what `require` gets, without the driver that is not installed", async () => {
  await using app = await Application.make({ files: { "main.cjs": commonjs }, dependencies });
  // With a condition of its own esbuild does not take `module`, so here it takes `require`.
  const options = ["--bundle", "--platform=node", "--conditions=source", "--outfile=elsewhere/bundle.cjs"];
  const native = "--external:@photostructure/sqlite";
  const built = await app.run("esbuild", "main.cjs", ...options, native);
  expect(built).toMatchObject({ code: 0 });
  await app.remove("node_modules/plugbay");
  const ran = await app.run("node", "elsewhere/bundle.cjs");
  expect(ran).toMatchObject({ code: 0, stdout: "sent\n200\nDRIVER_MISSING\n" });
});
