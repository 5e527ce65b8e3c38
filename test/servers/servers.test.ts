import { createConnection } from "mysql2/promise";
import pg from "pg";
import { describe, expect, inject, test } from "vitest";
import { freshMysql, freshPostgres } from "./databases.ts";
import { mysql } from "./mysql.ts";
import { postgres } from "./postgres.ts";

const postgresUrl = inject("postgresUrl");
const mysqlUrl = inject("mysqlUrl");

describe.skipIf(postgresUrl === null)("the PostgreSQL server", () => {
  const serverUrl = postgresUrl ?? "";

  test("answers", async () => {
    await postgres.ping(serverUrl);
  });

  test("gives a test an empty database of its own and takes it back", async () => {
    const database = await freshPostgres(serverUrl);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const tables = await client.query(
      "select table_name from information_schema.tables where table_schema = 'public'",
    );
    expect(tables.rows).toEqual([]);
    await client.end();
    await database.drop();
    await expect(postgres.ping(database.url)).rejects.toThrow("does not exist");
  });
});

describe.skipIf(mysqlUrl === null)("the MariaDB or MySQL server", () => {
  const serverUrl = mysqlUrl ?? "";

  test("answers", async () => {
    await mysql.ping(serverUrl);
  });

  test("gives a test an empty database of its own and takes it back", async () => {
    const database = await freshMysql(serverUrl);
    const connection = await createConnection({ uri: database.url });
    const [tables] = await connection.query("show tables");
    expect(tables).toEqual([]);
    await connection.end();
    await database.drop();
    await expect(mysql.ping(database.url)).rejects.toThrow("Unknown database");
  });

  test("stores characters of 4 bytes", async () => {
    const database = await freshMysql(serverUrl);
    const connection = await createConnection({ uri: database.url });
    await connection.query("create table words (word varchar(10))");
    await connection.query("insert into words values (?)", ["🔌"]);
    const [words] = await connection.query("select word from words");
    expect(words).toEqual([{ word: "🔌" }]);
    await connection.end();
    await database.drop();
  });
});
