import { randomUUID } from "node:crypto";
import { CamelCasePlugin, type KyselyPlugin, sql } from "kysely";
import mysql2 from "mysql2";
import { InvalidOptionError, type OpenOptions, SchemaMissingError } from "plugbay";
import { migrations } from "plugbay/migrations";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { SqlStore } from "../../src/store/sql-store.ts";
import { tableNames } from "../../src/store/table-names.ts";
import { systemClock } from "../../src/time/clock.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const names = [
  "alert",
  "attention",
  "audit",
  "change",
  "circuit",
  "event",
  "item",
  "leader",
  "migration",
  "process",
  "revision",
  "traffic",
  "type",
].map((name) => `plugbay_${name}`);
const hostile = [`a"b`, "a`b", "a'b; drop table x; --", "Ops.Data", "ünï cödé", "$1", "%s"];

/** An empty schema, with no rights needed but to make one. */
async function makeSchema(
  home: TestDatabase,
  name: string = `s_${randomUUID().slice(0, 8)}`,
): Promise<string> {
  const db = await home.kysely();
  await sql`create schema ${sql.id(name)}`.execute(db);
  home.afterwards(async () => {
    const drop = home.kind.dialect === "mysql" ? sql`` : sql` cascade`;
    await sql`drop schema ${sql.id(name)}${drop}`.execute(db);
  });
  return name;
}

async function tablesIn(home: TestDatabase, schema: string): Promise<string[]> {
  const db = await home.kysely();
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = ${schema} order by 1`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

/** What an application may hand in, each with a schema. */
function ways(home: TestDatabase): [string, (schema: string) => Promise<OpenOptions["database"]>][] {
  const isPostgres = home.kind.dialect === "postgres";
  return [
    ["withSchema of a Kysely instance", async (schema) => (await home.kysely()).withSchema(schema)],
    [
      "withSchema of a Kysely instance that writes its names in camel case",
      async (schema) => (await home.kysely({ plugins: [new CamelCasePlugin()] })).withSchema(schema),
    ],
    [
      "a plugin of the application's own that sets the schema",
      async (schema) => (await home.kysely()).withPlugin(disguised((await home.kysely()).withSchema(schema))),
    ],
    [
      "the option of postgres() and mysql()",
      async (schema) => (isPostgres ? postgres : mysql)(home.here.address, { schema }),
    ],
    [
      "the option, with a pool",
      async (schema) => {
        if (!isPostgres) {
          const pool = mysql2.createPool({ uri: home.here.address });
          home.afterwards(() => pool.promise().end());
          return mysql(pool, { schema });
        }
        const pool = postgresPool({ connectionString: home.here.address });
        home.afterwards(() => pool.end());
        return postgres(pool, { schema });
      },
    ],
  ];
}

/** A plugin whose class tells nothing, as in a bundle. */
function disguised(db: AnyKysely): KyselyPlugin {
  const [plugin] = db.getExecutor().plugins;
  return {
    transformQuery: (args) => plugin?.transformQuery(args) ?? args.node,
    transformResult: async ({ result }) => result,
  };
}

onEveryDatabase((home) => {
  if (home.kind.dialect === "sqlite") {
    test("the schema main of SQLite is the file, and any other is refused", async () => {
      const db = await home.kysely();
      const plugbay = await home.open(plugins, { database: db.withSchema("main") });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      await expect(home.open(plugins, { database: db.withSchema("ops") })).rejects.toThrow(
        new InvalidOptionError(
          "database",
          "ops",
          "SQLite has no schemas; for another file, open it with sqlite(path)",
        ),
      );
    });
    return;
  }

  for (const [way, databaseOf] of ways(home)) {
    test(`the tables are in the schema that is named by ${way}`, async () => {
      const schema = await makeSchema(home);
      const plugbay = await home.open(plugins, { database: await databaseOf(schema), migrate: true });
      expect(await tablesIn(home, schema)).toEqual(names);
      await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, { actor: "test" });
      await plugbay.control.reorder([idOf(plugbay, "bob")], { actor: "test", status: "reserve" });
      expect(plugbay.get(greeting)?.greet()).toBe("bob");
      expect(await plugbay.control.history()).toHaveLength(5);
      // A second start finds them there.
      const again = await home.open(plugins, { database: await databaseOf(schema), migrate: true });
      expect(again.get(greeting)?.greet()).toBe("bob");
      expect((await home.rows()).items).toEqual([]);
    });
  }

  test("a schema may be called anything that its database lets it be called", async () => {
    for (const name of hostile) {
      const schema = await makeSchema(home, name);
      const database = (home.kind.dialect === "mysql" ? mysql : postgres)(home.here.address, { schema });
      const plugbay = await home.open(plugins, { database, migrate: true });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      await plugbay.close();
      expect(await tablesIn(home, name)).toEqual(names);
    }
  });

  test("what cannot be the name of a schema is refused at once", () => {
    const open = home.kind.dialect === "mysql" ? mysql : postgres;
    for (const schema of ["", " ops", "o\u0000ps", "ops\n", "ö".repeat(32), 7 as unknown as string]) {
      expect(() => open(home.here.address, { schema })).toThrow(InvalidOptionError);
    }
  });

  test("foreign keys and indexes are in the schema", async () => {
    const schema = await makeSchema(home);
    const database = (home.kind.dialect === "mysql" ? mysql : postgres)(home.here.address, { schema });
    await home.open(plugins, { database, migrate: true });
    const db = await home.kysely();
    const { rows } = await sql<{ type: string; count: unknown }>`
      select constraint_type as type, count(*) as count from information_schema.table_constraints
      where constraint_schema = ${schema} and constraint_type in ('FOREIGN KEY', 'UNIQUE', 'PRIMARY KEY')
      group by constraint_type order by 1`.execute(db);
    expect(rows.map(({ type, count }) => `${type} ${count}`)).toEqual([
      "FOREIGN KEY 1",
      "PRIMARY KEY 13",
      "UNIQUE 8",
    ]);
    await expect(sql`delete from ${sql.id(schema, "plugbay_type")}`.execute(db)).rejects.toThrow(
      /foreign key/i,
    );
  });

  test("a schema that is not there is named, with what makes it", async () => {
    const database = (await home.kysely()).withSchema("nowhere");
    const opened = home.open(plugins, { database, migrate: true });
    await expect(opened).rejects.toThrow(SchemaMissingError);
    await expect(opened).rejects.toThrow(/no schema "nowhere".*create schema/);
    await expect(home.open(plugins, { database })).rejects.toThrow(/migrate/);
  });

  test("two installations in two schemas of one database do not disturb each other", async () => {
    const [one, other] = [await makeSchema(home), await makeSchema(home)];
    const db = await home.kysely();
    const options = { migrate: true, pollIntervalMs: 60_000 } as const;
    const [a, b] = await Promise.all(
      [one, other].map((schema) => home.open(plugins, { database: db.withSchema(schema), ...options })),
    );
    if (!a || !b) throw new Error("both are open");
    expect(idOf(a, "alice")).not.toBe(idOf(b, "alice"));
    await a.control.updateItem(idOf(a, "alice"), { status: "disable" }, { actor: "test" });
    await b.refresh();
    expect(a.get(greeting)?.greet()).toBe("bob");
    expect(b.get(greeting)?.greet()).toBe("alice");
    const topics = [one, other, undefined].map((schema) => {
      const { dialect, ...database } = { ...home.here.database, schema };
      return new SqlStore({ ...database, dialect }, "default", tableNames(), systemClock).topic;
    });
    expect(new Set(topics).size).toBe(3);
  });

  test("an application that runs the migrations itself may name the schema to them or to its Kysely", async () => {
    const { dialect } = home.kind;
    const db = await home.kysely();
    const [one, other] = [await makeSchema(home), await makeSchema(home)];
    for (const { up } of Object.values(migrations({ dialect, schema: one }))) await up(db);
    for (const { up } of Object.values(migrations({ dialect }))) await up(db.withSchema(other));
    for (const schema of [one, other]) {
      const plugbay = await home.open(plugins, { database: db.withSchema(schema) });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
    }
  });
});
