import { createConnection } from "mysql2/promise";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { type FreshDatabase, freshMysql, freshPostgres } from "../../servers/databases.ts";
import { waitFor } from "../harness/wait-for.ts";
import { commit, TcpProxy } from "./tcp-proxy.ts";

/** A connection of a driver, and what it was told. */
interface Client {
  ask(statement: string, values?: unknown[]): Promise<unknown>;
  end(): void;
}

const kinds = [
  {
    name: "PostgreSQL",
    serverUrl: inject("postgresUrl"),
    fresh: freshPostgres,
    connect: connectPostgres,
    placeholder: "$1",
  },
  {
    name: "MariaDB or MySQL",
    serverUrl: inject("mysqlUrl"),
    fresh: freshMysql,
    connect: connectMysql,
    placeholder: "?",
  },
];

describe.each(kinds)("the proxy before $name", ({ serverUrl, fresh, connect, placeholder }) => {
  let database: FreshDatabase;
  let proxy: TcpProxy;
  let clients: Client[];
  beforeEach(async ({ skip }) => {
    skip(serverUrl === null, "no such server");
    clients = [];
    database = await fresh(serverUrl ?? "");
    proxy = await TcpProxy.before(database.url);
    const near = await open(database.url);
    await near.ask("create table note (text varchar(100))");
  });
  afterEach(async () => {
    for (const client of clients) client.end();
    await proxy?.close();
    await database?.drop();
  });

  async function open(url = proxy.url): Promise<Client> {
    const client = await connect(url);
    clients.push(client);
    return client;
  }

  async function notes(): Promise<number> {
    const near = await open(database.url);
    return ((await near.ask("select text from note")) as unknown[]).length;
  }

  async function write(client: Client): Promise<unknown> {
    await client.ask("begin");
    await client.ask(`insert into note values (${placeholder})`, ["written"]);
    return client.ask("commit");
  }

  test("carries statements with and without values, and knows their texts", async () => {
    const client = await open();
    await write(client);
    expect(await notes()).toBe(1);
    const [line] = proxy.lines;
    expect(line?.statements.filter((text) => /^(begin|insert|commit)/.test(text))).toEqual([
      "begin",
      `insert into note values (${placeholder})`,
      "commit",
    ]);
  });

  test("loses the answer to a commit that was done, and the client is told that the connection broke", async () => {
    const [client, other] = [await open(), await open()];
    const loss = proxy.lose("answer", commit, { times: 1 });
    await expect(write(client)).rejects.toThrow(/terminated|closed|ECONNRESET/i);
    expect(loss.count).toBe(1);
    expect(await notes()).toBe(1);
    await write(other);
    expect(await notes()).toBe(2);
  });

  test("loses a commit before it arrives, and nothing is done", async () => {
    const client = await open();
    proxy.lose("statement", commit);
    await expect(write(client)).rejects.toThrow(/terminated|closed|ECONNRESET/i);
    await waitFor("the end of the transaction", 5_000, async () => (await notes()) === 0);
    proxy.heal();
    await write(await open());
    expect(await notes()).toBe(1);
  });

  test("loses the answer to a commit, and the client waits for ever", async () => {
    const client = await open();
    const loss = proxy.lose("answer", commit, { ending: "half-open" });
    expect(await settledWithin(300, write(client))).toBe(false);
    expect(loss.count).toBe(1);
    expect(await notes()).toBe(1);
  });

  test("loses the answer to a statement with values", async () => {
    const client = await open();
    proxy.lose("answer", /^insert/);
    await expect(client.ask(`insert into note values (${placeholder})`, ["written"])).rejects.toThrow();
    expect(await notes()).toBe(1);
  });

  test("leaves one connection half-open while another goes on", async () => {
    const [one, other] = [await open(), await open()];
    proxy.lines[0]?.halfOpen();
    expect(await settledWithin(300, one.ask("select 1"))).toBe(false);
    await other.ask("select 1");
  });

  test("swallows new connections while an open one goes on", async () => {
    const client = await open();
    proxy.swallowNew();
    expect(await settledWithin(300, open())).toBe(false);
    await client.ask("select 1");
    proxy.heal();
    await open();
  });

  test("delays each direction by its own time, and counts the round trips", async () => {
    const client = await open();
    const before = proxy.turns;
    expect(proxy.lines[0]?.turns).toBe(before);
    proxy.delay(150, "server");
    proxy.delay(50, "client");
    const start = performance.now();
    await write(client);
    const turns = proxy.turns - before;
    expect(turns).toBeGreaterThanOrEqual(3);
    expect(performance.now() - start).toBeGreaterThanOrEqual(turns * 200 - 20);
    client.end();
    await waitFor("the end of the connection", 5_000, () => proxy.lines.length === 0);
    expect(proxy.turns).toBeGreaterThanOrEqual(before + turns);
  });
});

async function settledWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const settled = work.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, new Promise<boolean>((resolve) => setTimeout(resolve, ms, false))]);
}

async function connectPostgres(url: string): Promise<Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return {
    ask: async (statement, values) => (await client.query(statement, values)).rows,
    end: () => void client.end().catch(() => undefined),
  };
}

async function connectMysql(url: string): Promise<Client> {
  const connection = await createConnection(url);
  connection.on("error", () => undefined);
  return {
    ask: async (statement, values) =>
      (
        await (values === undefined
          ? connection.query(statement)
          : connection.execute(statement, values as string[]))
      )[0],
    end: () => connection.destroy(),
  };
}
