import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, PostgresDialect, sql } from "kysely";
import mysql2 from "mysql2";
import pg from "pg";
import type { OpenOptions, Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import { postgresPool } from "../servers/postgres-pool.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };

const raise = (plugbay: Plugbay, priority: number): Promise<unknown> =>
  plugbay.control.updateItem(idOf(plugbay, "alice"), { priority }, by);

// With `query_timeout`, pg itself stops waiting for answers, and the server knows nothing of it.
onDatabase("postgres", (home) => {
  const marked = { application_name: "impatient", query_timeout: 300 };
  const options = () => ({ connectionString: home.here.address, ...marked });
  const poolOf = (): pg.Pool => {
    const pool = postgresPool(options());
    home.afterwards(() => pool.end());
    return pool;
  };

  /** Locks by a connection of its own. */
  async function locked(statement: string): Promise<() => Promise<unknown>> {
    const client = new pg.Client({ connectionString: home.here.address });
    await client.connect();
    home.afterwards(() => client.end());
    await client.query("begin");
    await client.query(statement);
    return () => client.query("rollback");
  }

  /** How many connections with a query_timeout are in the middle of a transaction. */
  async function inTransaction(): Promise<number> {
    const db = await home.kysely();
    const { rows } = await sql<{ size: string }>`
      select count(*) as size from pg_stat_activity
      where application_name = 'impatient' and state like 'idle in transaction%'`.execute(db);
    return Number(rows[0]?.size);
  }

  const lockLine = "update plugbay_revision set revision = revision + 0";
  const lockItems = "lock table plugbay_item in access exclusive mode";

  /** What takes its connections from a pool that knows nothing of plugbay, and that pool. */
  const ways: Record<string, () => { database: OpenOptions["database"]; pool?: pg.Pool }> = {
    "a connection of plugbay's own": () => ({ database: postgres(options()) }),
    "a pool of the application": () => {
      const pool = poolOf();
      return { database: postgres(pool), pool };
    },
    "a Kysely instance of the application": () => {
      const pool = poolOf();
      return { database: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }), pool };
    },
  };

  /** That each statement over the pool is a transaction of its own. */
  async function commitsByItself(pool: pg.Pool | undefined): Promise<void> {
    for (let turn = 0; pool && turn < 4; turn += 1) {
      const clients = await Promise.all([pool.connect(), pool.connect()]);
      for (const client of clients) {
        const { rows } = await client.query(
          "select now() = statement_timestamp() as alone, current_setting('transaction_read_only') as reads",
        );
        expect(rows).toEqual([{ alone: true, reads: "off" }]);
        client.release();
      }
    }
  }

  for (const [way, make] of Object.entries(ways)) {
    test(`after a change that pg's query_timeout ended, no transaction is left open: ${way}`, async () => {
      const { database, pool } = make();
      const plugbay = await home.open(plugins, { database });
      const unlock = await locked(lockLine);
      await expect(raise(plugbay, 9)).rejects.toMatchObject({ code: "WRITE_BLOCKED" });
      await unlock();
      await sleep(1_000);
      expect(await inTransaction()).toBe(0);
      await commitsByItself(pool);
      await raise(plugbay, 8);
      expect((await home.item("alice")).priority).toBe(8);
    });

    test(`after a read that pg's query_timeout ended, no transaction is left open: ${way}`, async () => {
      const { database, pool } = make();
      const store = await home.store({ database });
      const unlock = await locked(lockItems);
      const reading = store.readAll().catch((error: unknown) => error);
      await sleep(1_500);
      await unlock();
      expect(await reading).toBeInstanceOf(Error);
      await sleep(1_000);
      expect(await inTransaction()).toBe(0);
      await commitsByItself(pool);
      await store.readAll();
    });
  }
});

onDatabase("mysql", (home) => {
  test("a connection whose rollback failed does not go back to the application's pool", async () => {
    const pool = mysql2.createPool({ uri: home.here.address, connectionLimit: 1 });
    home.afterwards(() => pool.promise().end());
    const plugbay = await home.open(plugins, { database: mysql(pool) });
    const connectionId = async () =>
      JSON.stringify((await pool.promise().query("select connection_id()"))[0]);
    const before = await connectionId();
    const gaveUp = Object.assign(new Error("Query inactivity timeout"), {
      code: "PROTOCOL_SEQUENCE_TIMEOUT",
    });
    pool.once("acquire", (connection) => {
      const query = connection.query.bind(connection) as (...given: unknown[]) => unknown;
      const impatient = (asked: { sql: string }, callback: (error: Error) => void): unknown =>
        asked.sql === "rollback" ? callback(gaveUp) : query(asked, callback);
      Object.assign(connection, { query: impatient });
    });
    const change = plugbay.control.updateItem(
      idOf(plugbay, "alice"),
      { priority: 9 },
      { ...by, version: 99 },
    );
    await expect(change).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await connectionId()).not.toBe(before);
    await raise(plugbay, 8);
    expect((await home.item("alice")).priority).toBe(8);
  });
});
