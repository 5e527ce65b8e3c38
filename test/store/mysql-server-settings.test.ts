import { Kysely, MysqlDialect } from "kysely";
import mysql2 from "mysql2";
import { createConnection, createPool } from "mysql2/promise";
import { type Database, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { freshMysql } from "../servers/databases.ts";
import { mysql as mysqlServer } from "../servers/mysql.ts";
import type { Server } from "../servers/server.ts";
import { type RunningServer, startServer } from "../servers/start-server.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { surviveHostileValues } from "./hostile-values.ts";
import { idOf } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "it's \\' or 1=1 -- " };

/** A server as an administrator may have set it up, for all its connections. */
const withSettings = (...settings: string[]): Server => ({
  ...mysqlServer,
  command(program, place) {
    const [file, ...others] = mysqlServer.command(program, place);
    return [file, ...others.filter((argument) => argument !== "--skip-log-bin"), ...settings];
  },
});

const program = mysqlServer.findProgram();
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

describe.skipIf(inject("mysqlUrl") === null || program === undefined)("a server of its own", () => {
  let server: RunningServer;
  beforeAll(async () => {
    const settings = ["--log-bin=binlog", "--server-id=1", "--binlog-format=STATEMENT"];
    server = await startServer(withSettings(...settings, "--sql-mode=NO_BACKSLASH_ESCAPES"), program ?? "");
  });
  afterAll(() => server.stop());

  const fresh = async (): Promise<string> => {
    const { url, drop } = await freshMysql(server.url);
    endings.push(drop);
    return url;
  };
  const kysely = async () => {
    const db = new Kysely<never>({
      dialect: new MysqlDialect({ pool: mysql2.createPool({ uri: await fresh() }) }),
    });
    endings.push(() => db.destroy());
    return db;
  };
  const ways: Record<string, () => Promise<Database | Kysely<never>>> = {
    "an address": async () => mysql(await fresh()),
    "a Kysely instance of the application": kysely,
  };

  describe.each(Object.entries(ways))("by %s", (_, database) => {
    test("hostile values are harmless where the server takes a backslash for itself", async () => {
      const opened = await database();
      await surviveHostileValues(async () => opened);
    });

    test("several processes write to a server that logs statements", async () => {
      const opened = await database();
      const options = { database: opened, plugins, migrate: true, heartbeatMs: 50 };
      const processes = await Promise.all([1, 2, 3].map(() => openPlugbay(options)));
      endings.push(() => Promise.all(processes.map((plugbay) => plugbay.close())));
      const [first] = processes;
      if (first === undefined) throw new Error("there is no process");
      const id = idOf(first, "alice");
      const before = (await first.control.history()).length;
      await Promise.all(
        processes.flatMap(({ control }) =>
          [1, 2, 3, 4, 5].map((priority) => control.bulk([id], priority % 2 ? "lower" : "raise", by)),
        ),
      );
      const revisions = (await first.control.history()).map(({ revision }) => revision);
      expect(revisions.length).toBeGreaterThan(before);
      expect(new Set(revisions.slice(0, -before)).size).toBe(revisions.length - before);
      for (const plugbay of processes) {
        await plugbay.refresh();
        expect(plugbay.items(greeting)).toEqual(first.items(greeting));
      }
    });
  });

  test("changes that find out at the same time that the server logs statements are all made", async () => {
    const url = await fresh();
    await (await openPlugbay({ database: mysql(url), plugins, migrate: true })).close();
    const pool = createPool({ uri: url });
    endings.push(() => pool.end());
    const quiet = { pollIntervalMs: false, heartbeatMs: false } as const;
    const plugbay = await openPlugbay({ database: mysql(pool), plugins, ...quiet });
    endings.push(() => plugbay.close());
    const id = idOf(plugbay, "alice");
    const { revision } = snapshotOf(plugbay);
    const priorities = [101, 102, 103, 104, 105, 106];
    // They all begin at once only on connections that are there.
    await Promise.all(priorities.map(() => pool.query("select sleep(0.1)")));
    await Promise.all(priorities.map((priority) => plugbay.control.updateItem(id, { priority }, by)));
    expect(snapshotOf(plugbay).revision).toBe(revision + priorities.length);
  });

  test("looks are prepared by the server, and taken all the same where it prepares nothing", async () => {
    const root = await createConnection({ uri: server.url });
    endings.push(() => root.end());
    const preparedSoFar = async (): Promise<number> => {
      const [rows] = await root.query("show global status like 'Com_stmt_execute'");
      return Number((rows as { readonly Value: string }[])[0]?.Value);
    };
    const database = mysql(await fresh());
    const open = async (migrate: boolean) => {
      const plugbay = await openPlugbay({
        database,
        plugins,
        migrate,
        pollIntervalMs: false,
        heartbeatMs: false,
      });
      endings.push(() => plugbay.close());
      return plugbay;
    };
    const writer = await open(true);
    const changeAndFollow = async (priority: number): Promise<number> => {
      const reader = await open(false);
      await writer.control.updateItem(idOf(writer, "bob"), { priority }, by);
      const before = await preparedSoFar();
      await reader.refresh();
      expect(reader.items(greeting).find(({ name }) => name === "bob")).toMatchObject({ priority });
      return (await preparedSoFar()) - before;
    };
    expect(await changeAndFollow(7)).toBe(1);
    const limit = "max_prepared_stmt_count";
    endings.push(() => root.query(`set global ${limit} = default`));
    await root.query(`set global ${limit} = 0`);
    expect(await changeAndFollow(8)).toBe(0);
  });

  test("a server that takes no changes at all is not said to be unavailable, but what to set", async () => {
    const root = await createConnection({ uri: server.url });
    endings.push(() => root.end());
    await root
      .query("set global transaction_isolation = 'READ-COMMITTED'")
      .catch(() => root.query("set global tx_isolation = 'READ-COMMITTED'"));
    endings.push(() => root.query("set global tx_isolation = 'REPEATABLE-READ'"));
    for (const database of [mysql(await fresh()), await kysely()]) {
      await expect(openPlugbay({ database, plugins, migrate: true })).rejects.toMatchObject({
        code: "DATABASE_SETTING",
        setting: "binlog_format",
        message: expect.stringContaining("set binlog_format to ROW or MIXED"),
      });
    }
  });
});
