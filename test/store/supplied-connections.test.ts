import { copyFile } from "node:fs/promises";
import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  type KyselyPlugin,
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  MysqlDialect,
  sql,
} from "kysely";
import mysql2 from "mysql2";
import mysql2Promise from "mysql2/promise";
import { ClosedError, type Connection, type Database, InvalidOptionError, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { expect, test, vi } from "vitest";
import { postgresPool } from "../servers/postgres-pool.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];

onEveryDatabase((home) => {
  test("a Kysely instance of the application serves, and is left open by close", async () => {
    const db = await home.kysely();
    const plugbay = await home.open(plugins, { database: db });
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, { actor: "test" });
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    await plugbay.close();

    const { rows } = await sql<{ answer: number }>`select 42 as answer`.execute(db);
    expect(rows).toEqual([{ answer: 42 }]);
  });

  test("after close nothing is changed through a Kysely instance that is still open", async () => {
    const plugbay = await home.open(plugins, { database: await home.kysely() });
    const id = idOf(plugbay, "alice");
    const before = await home.rows();
    await plugbay.close();
    const { control } = plugbay;
    await expect(control.updateItem(id, { status: "disable" }, { actor: "test" })).rejects.toThrow(
      ClosedError,
    );
    await expect(control.history()).rejects.toThrow(ClosedError);
    await expect(plugbay.sync({ mode: "update", prune: true })).rejects.toThrow(ClosedError);
    expect(await home.rows()).toEqual(before);
  });

  test("a Kysely instance that writes its names in camel case serves like any other", async () => {
    const db = await home.kysely({ plugins: [new CamelCasePlugin()] });
    const plugbay = await home.open(plugins, { database: db });
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 9 }, { actor: "test" });
    expect(plugbay.items(greeting).map(({ name, priority }) => [name, priority])).toEqual([
      ["bob", 2],
      ["alice", 9],
    ]);
    expect(await plugbay.control.history()).toHaveLength(4);
  });

  test("a Kysely instance whose plugins rewrite rows serves like any other", async () => {
    const meddling: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async () => ({ rows: [] }),
    };
    const db = await home.kysely({ plugins: [meddling] });
    const plugbay = await home.open(plugins, { database: db });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });

  test("an application in camel case can run the migrations too", async () => {
    const empty = await home.elsewhere();
    const db = await home.kysely({ plugins: [new CamelCasePlugin()] }, empty);
    const plugbay = await home.open(plugins, { database: db, migrate: true });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });

  test("a connection that plugbay opened itself is closed with it", async () => {
    const { database } = home.here;
    const opened: Connection[] = [];
    const watched: Database = {
      ...database,
      async connect() {
        const connection = await database.connect();
        opened.push(connection);
        return connection;
      },
    };
    const plugbay = await home.open(plugins, { database: watched });
    await plugbay.close();
    expect(opened).toHaveLength(1);
    for (const { db } of opened) await expect(sql`select 42`.execute(db)).rejects.toThrow("destroyed");
  });

  if (home.kind.dialect === "sqlite") {
    test("after close the file alone is the database", async () => {
      const empty = await home.elsewhere();
      const plugbay = await home.open(plugins, { database: empty.database });
      await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, { actor: "test" });
      await plugbay.close();
      const copy = `${empty.address}.copy`;
      await copyFile(empty.address, copy);
      const restored = await home.open(plugins, { database: sqlite(copy) });
      expect(restored.get(greeting)?.greet()).toBe("bob");
    });
  }

  if (home.kind.dialect === "postgres") {
    test("a pg pool of the application serves, and is left open by close", async () => {
      const pool = postgresPool({ connectionString: home.here.address });
      home.afterwards(() => pool.end());
      const plugbay = await home.open(plugins, { database: postgres(pool) });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      await plugbay.close();
      expect((await pool.query("select 42 as answer")).rows).toEqual([{ answer: 42 }]);
    });

    test("options for a pg pool serve in place of an address", async () => {
      const { hostname, port, username, pathname } = new URL(home.here.address);
      const options = { host: hostname, port: Number(port), user: username, database: pathname.slice(1) };
      const plugbay = await home.open(plugins, { database: postgres(options) });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
    });

    test("a pg pool with one connection is enough", async () => {
      const plugbay = await home.open(plugins, {
        database: postgres({ connectionString: home.here.address, max: 1 }),
      });
      const ids = [idOf(plugbay, "alice"), idOf(plugbay, "bob")];
      await Promise.all([
        plugbay.control.bulk(ids, "lower", { actor: "test" }),
        plugbay.sync({ mode: "update" }),
        plugbay.control.list(),
        plugbay.refresh(),
      ]);
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
    });
  }

  if (home.kind.dialect === "mysql") {
    test("a mysql2 pool of the application serves, and is left open by close", async () => {
      const pool = mysql2.createPool({ uri: home.here.address });
      home.afterwards(() => pool.promise().end());
      const plugbay = await home.open(plugins, { database: mysql(pool) });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      await plugbay.close();
      const [rows] = await pool.promise().query("select 42 as answer");
      expect(rows).toEqual([{ answer: 42 }]);
    });

    test("a mysql2/promise pool of the application serves, and is left open by close", async () => {
      const pool = mysql2Promise.createPool({ uri: home.here.address });
      home.afterwards(() => pool.end());
      const plugbay = await home.open(plugins, { database: mysql(pool) });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      await plugbay.close();
      const [rows] = await pool.query("select 42 as answer");
      expect(rows).toEqual([{ answer: 42 }]);
    });

    test.each([
      ["rowsAsArray", true],
      ["nestTables", true],
      ["nestTables", "."],
      ["typeCast", false],
      ["typeCast", () => "something else"],
      ["namedPlaceholders", true],
      ["supportBigNumbers", true],
      ["bigNumberStrings", true],
      ["decimalNumbers", true],
      ["dateStrings", true],
      ["jsonStrings", true],
      ["stringifyObjects", true],
      ["timezone", "+05:30"],
      ["multipleStatements", true],
      ["flags", ["-FOUND_ROWS"]],
    ])(
      "a mysql2 pool of the application with the option %s: %j serves like any other",
      async (option, value) => {
        const options = { supportBigNumbers: true, [option]: value };
        const pool = mysql2.createPool({ uri: home.here.address, ...options });
        home.afterwards(() => pool.promise().end());
        const plugbay = await home.open(plugins, { database: mysql(pool) });
        const id = idOf(plugbay, "alice");
        await plugbay.control.updateItem(id, { description: "it's \\ 🔌" }, { actor: "test" });
        await plugbay.control.updateItem(id, { priority: 9 }, { actor: "test" });
        expect(await home.rows()).toMatchObject({ items: [{ description: "it's \\ 🔌" }, {}] });
        expect(await plugbay.control.history()).toHaveLength(5);
        expect((await plugbay.control.list()).items).toMatchObject([{ name: "bob" }, { name: "alice" }]);
        await plugbay.refresh();
        expect(plugbay.get(greeting)?.greet()).toBe("bob");
      },
    );

    test("a mysql2 pool that writes statements by a format of the application's own is refused", async () => {
      const queryFormat = (text: string) => text;
      const pool = mysql2.createPool({ uri: home.here.address, queryFormat });
      home.afterwards(() => pool.promise().end());
      await expect(home.open(plugins, { database: mysql(pool) })).rejects.toMatchObject({
        code: "INVALID_OPTION",
        option: "queryFormat",
      });
    });

    test("connections in a character set that lacks characters are refused at opening", async () => {
      const pool = mysql2.createPool({ uri: home.here.address, charset: "latin1" });
      home.afterwards(() => pool.promise().end());
      const kysely = new Kysely<never>({ dialect: new MysqlDialect({ pool }) });
      for (const database of [mysql(pool), kysely]) {
        await expect(openPlugbay({ database, plugins })).rejects.toMatchObject({
          code: "DATABASE_SETTING",
          setting: "character_set_results",
          message: expect.stringContaining("utf8mb4"),
        });
      }
    });

    test.each([
      ["autocommit", "0", "set it to ON"],
      ["sql_select_limit", "3", "set it to DEFAULT"],
      ["completion_type", "CHAIN", "set it to NO_CHAIN"],
      ["completion_type", "'RELEASE'", "set it to NO_CHAIN"],
    ])(
      "%s = %s, under which less would be done than is said, is refused at opening",
      async (setting, value, says) => {
        const pool = mysql2.createPool({ uri: home.here.address });
        home.afterwards(() => pool.promise().end());
        pool.on("connection", (connection) => void connection.query(`set session ${setting} = ${value}`));
        const kysely = new Kysely<never>({ dialect: new MysqlDialect({ pool }) });
        for (const database of [mysql(pool), kysely]) {
          const opening = openPlugbay({ database, plugins, migrate: true, bootstrap: "code" });
          await expect(opening).rejects.toMatchObject({
            code: "DATABASE_SETTING",
            setting,
            message: expect.stringContaining(says),
          });
        }
      },
    );

    test("autocommit that is turned off later is named by what it makes fail", async () => {
      const pool = mysql2.createPool({ uri: home.here.address, connectionLimit: 1 });
      home.afterwards(() => pool.promise().end());
      const plugbay = await home.open(plugins, { database: mysql(pool) });
      await pool.promise().query("set session autocommit = 0");
      await pool.promise().query("select 1 from plugbay_item");
      const change = plugbay.control.bulk([idOf(plugbay, "alice")], "lower", { actor: "test" });
      await expect(change).rejects.toMatchObject({ code: "DATABASE_SETTING", setting: "autocommit" });
    });

    test("a mysql2 pool that lets nobody wait for a connection is waited for all the same", async () => {
      const pool = mysql2.createPool({
        uri: home.here.address,
        connectionLimit: 1,
        waitForConnections: false,
      });
      home.afterwards(() => pool.promise().end());
      const plugbay = await home.open(plugins, { database: mysql(pool) });
      // Also plugbay may be using it.
      const connection = await vi.waitFor(() => pool.promise().getConnection());
      const calls = [
        plugbay.control.history(),
        plugbay.refresh(),
        plugbay.control.bulk([idOf(plugbay, "alice")], "lower", { actor: "test" }),
      ];
      await new Promise((resolve) => setTimeout(resolve, 100));
      connection.release();
      await Promise.all(calls);
      expect((await home.item("alice")).priority).toBe(2);
    });

    test("options for a mysql2 pool serve in place of an address", async () => {
      const { hostname, port, username, pathname } = new URL(home.here.address);
      const options = { host: hostname, port: Number(port), user: username, database: pathname.slice(1) };
      const plugbay = await home.open(plugins, { database: mysql(options) });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
    });

    test("a mysql2 pool with one connection is enough", async () => {
      const plugbay = await home.open(plugins, {
        database: mysql({ uri: home.here.address, connectionLimit: 1 }),
      });
      const ids = [idOf(plugbay, "alice"), idOf(plugbay, "bob")];
      await Promise.all([
        plugbay.control.bulk(ids, "lower", { actor: "test" }),
        plugbay.sync({ mode: "update" }),
        plugbay.control.list(),
        plugbay.refresh(),
      ]);
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
    });
  }
});

test("a Kysely instance of a database that plugbay does not know is refused", async () => {
  const stranger = new Kysely<never>({
    dialect: {
      createAdapter: () => new MssqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new MssqlIntrospector(db),
      createQueryCompiler: () => new MssqlQueryCompiler(),
    },
  });
  await expect(openPlugbay({ database: stranger, plugins })).rejects.toThrow(InvalidOptionError);
  await expect(openPlugbay({ database: stranger, plugins })).rejects.toThrow("SQLite, PostgreSQL, MySQL");
});
