import { expect, inject, test } from "vitest";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { Application } from "./harness/application.ts";

/** A suite of an application, each test of which opens a database that is empty, or is not there at all. */
const suite = `
import { Kysely, MysqlDialect, PostgresDialect } from "kysely";
import mysql2 from "mysql2";
import pg from "pg";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";

const { MYSQL_URL, POSTGRES_URL } = process.env;
const mail = definePluginType({ name: "mail", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(mail, {
  name: "smtp",
  module: "app",
  config: { "~standard": { version: 1, vendor: "app", validate: async (value) => ({ value }) } },
  create: async () => ({ send: () => "sent" }),
});

async function sendOver(database) {
  await expect(openPlugbay({ database, plugins: [mail, smtp], migrate: false })).rejects.toMatchObject({
    code: "MIGRATION_REQUIRED",
  });
  const plugbay = await openPlugbay({ database, plugins: [mail, smtp], migrate: true });
  const sent = plugbay.require(mail).send();
  await plugbay.close();
  return sent;
}

test("SQLite", async () => expect(await sendOver(sqlite(process.env.SQLITE_FILE))).toBe("sent"));
test("PostgreSQL", async () => expect(await sendOver(postgres(POSTGRES_URL))).toBe("sent"));
test("MySQL", async () => expect(await sendOver(mysql(MYSQL_URL))).toBe("sent"));
test("Kysely on PostgreSQL", async () => {
  const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: POSTGRES_URL }) }) });
  const plugbay = await openPlugbay({ database: db, prefix: "other_", migrate: true, plugins: [mail, smtp] });
  expect(plugbay.require(mail).send()).toBe("sent");
  await plugbay.close();
  await db.destroy();
});
test("Kysely on MySQL", async () => {
  const db = new Kysely({ dialect: new MysqlDialect({ pool: mysql2.createPool(MYSQL_URL) }) });
  const plugbay = await openPlugbay({ database: db, prefix: "other_", migrate: true, plugins: [mail, smtp] });
  expect(plugbay.require(mail).send()).toBe("sent");
  await plugbay.close();
  await db.destroy();
});
test("a server that does not answer", async () => {
  for (const database of [postgres("postgres://127.0.0.1:1/none"), mysql("mysql://127.0.0.1:1/none")]) {
    const opening = openPlugbay({ database, readyTimeoutMs: 300, plugins: [mail, smtp] });
    await expect(opening).rejects.toThrow(/ECONNREFUSED.*; tried [0-9]+ times/);
  }
});
`;

const dependencies = { vitest: "^4", pg: "^8", mysql2: "^3", "@photostructure/sqlite": "^1.2.1" };
const [postgresUrl, mysqlUrl] = [inject("postgresUrl"), inject("mysqlUrl")];

// Both run tests in contexts of `vm`, where Node and native drivers have another `Error` than the code.
test.skipIf(postgresUrl === null || mysqlUrl === null).each(["vmThreads", "vmForks"])(
  "an application is tested in Vitest's pool %s",
  async (pool) => {
    const [postgres, mysql] = [await freshPostgres(postgresUrl ?? ""), await freshMysql(mysqlUrl ?? "")];
    try {
      await using app = await Application.make({
        files: { "app.test.js": suite },
        dependencies,
        manifest: { type: "module" },
      });
      const env = { POSTGRES_URL: postgres.url, MYSQL_URL: mysql.url, SQLITE_FILE: `${app.folder}/app.db` };
      const ran = await app.runWith(env, "vitest", "run", `--pool=${pool}`, "--no-color");
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/Tests\s+6 passed \(6\)/) });
    } finally {
      await Promise.all([postgres.drop(), mysql.drop()]);
    }
  },
);
