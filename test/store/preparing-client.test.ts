import pg from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { preparingClient } from "../../src/store/postgres/preparing-client.ts";

const url = inject("postgresUrl");

test.skipIf(url === null)(
  "PostgreSQL prepares repeated statements, and answers where it cannot",
  async () => {
    const repeated = "select * from note where text = $1";
    const PreparingClient = preparingClient(pg.Client, new Set([repeated]));
    const client = new PreparingClient({ connectionString: url ?? "" });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query("create temporary table note (text text)");
    await client.query("insert into note values ('seen')");

    const ask = async () => (await client.query(repeated, ["seen"])).rows;
    const prepared = async () =>
      (await client.query("select statement from pg_prepared_statements")).rows.map((row) => row.statement);

    expect(await prepared()).toEqual([]);
    expect(await ask()).toEqual([{ text: "seen" }]);
    expect(await ask()).toEqual([{ text: "seen" }]);
    expect(await prepared()).toEqual([repeated]);

    // As a migration does.
    await client.query("alter table note add column more text");
    expect(await ask()).toEqual([{ text: "seen", more: null }]);

    // As behind a pooler, which hands each statement to another connection of the server.
    for (let refusal = 0; refusal < 4; refusal += 1) {
      expect(await ask()).toEqual([{ text: "seen", more: null }]);
      await client.query("deallocate all");
    }
    expect(await ask()).toEqual([{ text: "seen", more: null }]);
    expect(await prepared()).toEqual([]);

    await expect(client.query(repeated, [])).rejects.toMatchObject({ code: "42P02" });
  },
);
