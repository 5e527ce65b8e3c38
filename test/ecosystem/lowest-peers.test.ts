import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { Application } from "./harness/application.ts";

const { peerDependencies } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { peerDependencies: Record<string, string> };

/** The lowest version that a range such as `^5.4 || ^6` allows, in full. */
function lowestOf(range: string): string {
  const [, version = ""] = /^\^([\d.]+)/.exec(range) ?? [];
  const parts = version.split(".");
  return [...parts, "0", "0"].slice(0, 3).join(".");
}

/** Opens, decides and follows with each driver that it is told of, and instruments a call. */
const program = `
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { instrument } from "plugbay/opentelemetry";
import { postgres } from "plugbay/postgres";
import { redis } from "plugbay/redis";
import { sqlite } from "plugbay/sqlite";

const mail = definePluginType({ name: "mail", manager: "app", methods: { send: "required" } });
const from = (name) => definePlugin(mail, { name, module: "app", create: () => ({ send: () => name }) });
const plugins = [mail, from("one"), from("two")];

// An open plugbay keeps no process.
const awake = setInterval(() => undefined, 1_000);
const { POSTGRES_URL, MYSQL_URL, REDIS_URL } = process.env;
const databases = {
  "sqlite poll": [() => sqlite("app.db")],
  "postgres listen": POSTGRES_URL && [() => postgres(POSTGRES_URL)],
  "mysql poll": MYSQL_URL && [() => mysql(MYSQL_URL)],
  "mysql redis": MYSQL_URL && REDIS_URL && [() => mysql(MYSQL_URL), () => redis(REDIS_URL)],
};

for (const [name, ways] of Object.entries(databases)) {
  if (!ways) continue;
  const [database, push] = ways;
  const namespace = name.replace(" ", "-");
  const open = () =>
    openPlugbay({ database: database(), plugins, namespace, migrate: true, ...(push && { push: push() }) });
  const [writer, reader] = [await open(), await open()];
  await instrument(reader);
  const transport = name.split(" ")[1];
  while (reader.state.transport !== transport || writer.state.transport !== transport)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const moved = new Promise((resolve) => reader.on("change", resolve));
  const item = writer.items(mail).find((one) => one.name === "one");
  await writer.control.updateItem(item.id, { status: "disable" }, { actor: "alice" });
  await moved;
  console.log(name, await reader.run(mail, (sender) => sender.send()));
  await Promise.all([writer.close(), reader.close()]);
}
clearInterval(awake);
`;

test("the lowest versions of the peers do what the package needs of them", async () => {
  const dependencies = Object.fromEntries(
    Object.entries(peerDependencies).map(([name, range]) => [name, lowestOf(range)]),
  );
  expect(dependencies).toMatchObject({ pg: "8.9.0", ioredis: "5.4.1" });
  await using app = await Application.make({ files: { "main.mjs": program }, dependencies });
  const [postgresUrl, mysqlUrl, redisUrl] = [inject("postgresUrl"), inject("mysqlUrl"), inject("redisUrl")];
  const postgres = postgresUrl === null ? undefined : await freshPostgres(postgresUrl);
  const mysql = mysqlUrl === null ? undefined : await freshMysql(mysqlUrl);
  try {
    const env = {
      ...(postgres && { POSTGRES_URL: postgres.url }),
      ...(mysql && { MYSQL_URL: mysql.url }),
      ...(redisUrl !== null && { REDIS_URL: redisUrl }),
    };
    const { stdout, stderr, code } = await app.runWith(env, "node", "main.mjs");
    const ways = [
      "sqlite poll",
      ...(postgres ? ["postgres listen"] : []),
      ...(mysql ? ["mysql poll"] : []),
      ...(mysql && redisUrl !== null ? ["mysql redis"] : []),
    ];
    expect([code, stdout, stderr]).toEqual([0, ways.map((way) => `${way} two\n`).join(""), ""]);
  } finally {
    await Promise.all([postgres?.drop(), mysql?.drop()]);
  }
});
