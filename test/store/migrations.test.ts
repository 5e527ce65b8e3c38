import { Migrator } from "kysely";
import { InvalidOptionError, MigrationRequiredError, type OpenOptions, openPlugbay } from "plugbay";
import { migrations } from "plugbay/migrations";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, test } from "vitest";
import { alice, greeting } from "./definitions.ts";
import { onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice];
const names = [
  "0001_initial",
  "0002_config_version",
  "0003_managed",
  "0004_change_sets",
  "0005_holds",
  "0006_circuits",
  "0007_process_reports",
  "0008_reasons",
  "0009_alerts",
  "0010_traffic",
  "0011_events",
  "0012_leads",
  "0013_trail",
];

onEveryDatabase((home) => {
  /** The tables that plugbay has in a database, by a connection of the application. */
  async function tablesIn(database: Awaited<ReturnType<typeof home.elsewhere>>): Promise<string[]> {
    const db = await home.kysely({}, database);
    const tables = await db.introspection.getTables();
    return tables.map(({ name }) => name).sort();
  }

  const tables = (prefix: string) =>
    [
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
    ].map((table) => `${prefix}${table}`);

  if (home.kind.dialect === "sqlite") {
    test("a SQLite file gets its tables when it is opened", async () => {
      const empty = await home.elsewhere();
      const plugbay = await home.open(plugins, { database: empty.database });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      expect(await tablesIn(empty)).toEqual(tables("plugbay_"));
    });

    test("a SQLite file opened with migrate: false is left without tables", async () => {
      const { database } = await home.elsewhere();
      await expect(openPlugbay({ database, plugins, migrate: false })).rejects.toThrow(
        MigrationRequiredError,
      );
    });
  } else {
    test("a server without the tables is refused, with the command that makes them", async () => {
      const { database } = await home.elsewhere();
      const opening = openPlugbay({ database, plugins });
      await expect(opening).rejects.toThrow(MigrationRequiredError);
      await expect(opening).rejects.toMatchObject({
        code: "MIGRATION_REQUIRED",
        pending: names,
        message: expect.stringContaining("npx plugbay migrate"),
      });
    });

    test("a refused server has no tables afterwards", async () => {
      const empty = await home.elsewhere();
      await openPlugbay({ database: empty.database, plugins }).catch(() => undefined);
      expect(await tablesIn(empty)).toEqual([]);
    });
  }

  test("opening with migrate: true makes the tables", async () => {
    const empty = await home.elsewhere();
    const plugbay = await home.open(plugins, { database: empty.database, migrate: true });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    expect(await tablesIn(empty)).toEqual(tables("plugbay_"));
  });

  test("migrating again does nothing", async () => {
    const { database } = await home.elsewhere();
    const store = await home.store({ database });
    expect(await store.migrate()).toEqual(names);
    expect(await store.migrate()).toEqual([]);
    expect(await store.pendingMigrations()).toEqual([]);
  });

  test("of six that migrate at once, one does the work and the others wait for it", async () => {
    const { database } = await home.elsewhere();
    const stores = await Promise.all(Array.from({ length: 6 }, () => home.store({ database })));
    const applied = await Promise.all(stores.map((store) => store.migrate()));
    expect(applied.flat()).toEqual(names);
    for (const store of stores) await store.checkMigrated();
  });

  test("a migration that was killed halfway is completed by the next one", async () => {
    const empty = await home.elsewhere();
    const db = await home.kysely({}, empty);
    const halfway = migrations({ dialect: home.kind.dialect });
    await halfway["0001_initial"]?.up(db);
    await db.schema.dropTable("plugbay_audit").execute();
    await db.deleteFrom("plugbay_migration").execute();

    const plugbay = await home.open(plugins, { database: empty.database, migrate: true });
    expect(await plugbay.control.history()).not.toEqual([]);
  });

  test("a database of before keeps its rows, and a migration to it may be killed and run again", async () => {
    const empty = await home.elsewhere();
    const db = await home.kysely({}, empty);
    const steps = migrations({ dialect: home.kind.dialect });
    await steps["0001_initial"]?.up(db);
    const before = { namespace: "default", description: "", revision: 1, created_at: "", updated_at: "" };
    const type = { ...before, id: "t", manager: "apps/greeting", name: "greeting" };
    const item = {
      module: "apps/greeters",
      name: "alice",
      label: "",
      status: "active",
      priority: 5,
      version: 1,
    };
    await db.insertInto("plugbay_revision").values({ namespace: "default", revision: 1 }).execute();
    await db.insertInto("plugbay_type").values(type).execute();
    await db
      .insertInto("plugbay_item")
      .values({ ...before, ...item, id: "i", type_id: "t" })
      .execute();
    await steps["0002_config_version"]?.up(db);
    await db.deleteFrom("plugbay_migration").where("name", "=", "0002_config_version").execute();

    const { database } = empty;
    const plugbay = await home.open(plugins, { database, namespace: "default", migrate: true });
    expect(plugbay.items(greeting)).toMatchObject([{ id: "i", priority: 5, configVersion: 1 }]);
  });

  test("plugbay opens after its migrations were run by Kysely's own Migrator", async () => {
    const empty = await home.elsewhere();
    const db = await home.kysely({}, empty);
    const provider = { getMigrations: async () => migrations({ dialect: home.kind.dialect }) };
    const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
    expect(error).toBeUndefined();
    expect(results?.map(({ status }) => status)).toEqual(names.map(() => "Success"));

    const plugbay = await home.open(plugins, { database: empty.database, migrate: false });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });

  test("Kysely's Migrator may run migrations that plugbay has applied before", async () => {
    const empty = await home.elsewhere();
    const plugbay = await home.open(plugins, { database: empty.database, migrate: true });
    const db = await home.kysely({}, empty);
    const provider = { getMigrations: async () => migrations({ dialect: home.kind.dialect }) };
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    expect(error).toBeUndefined();
    await plugbay.refresh();
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });

  test("the migrations can be taken back", async () => {
    const empty = await home.elsewhere();
    const db = await home.kysely({}, empty);
    const provider = { getMigrations: async () => migrations({ dialect: home.kind.dialect }) };
    const migrator = new Migrator({ db, provider });
    await migrator.migrateToLatest();
    for (const _ of names) expect((await migrator.migrateDown()).error).toBeUndefined();
    expect((await tablesIn(empty)).filter((name) => name.startsWith("plugbay_"))).toEqual([]);
  });

  test("two prefixes in one database are two sets of tables that know nothing of each other", async () => {
    const empty = await home.elsewhere();
    const options = { database: empty.database, migrate: true } satisfies Partial<OpenOptions>;
    const acme = await home.open(plugins, { ...options, prefix: "acme_" });
    const longest = "p".repeat(30);
    const other = await home.open([greeting], { ...options, prefix: longest });

    expect(acme.items(greeting)).toHaveLength(1);
    expect(other.items(greeting)).toEqual([]);
    expect(await tablesIn(empty)).toEqual([...tables("acme_"), ...tables(longest)]);
  });

  test("migrations exported for a prefix are those of that prefix", async () => {
    const empty = await home.elsewhere();
    const db = await home.kysely({}, empty);
    for (const migration of Object.values(migrations({ dialect: home.kind.dialect, prefix: "acme_" }))) {
      await migration.up(db);
    }
    const plugbay = await home.open(plugins, { database: empty.database, migrate: false, prefix: "acme_" });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });
});

describe("a prefix", () => {
  const refused = ["", "Acme_", "1acme", "acme-", "acme item", "acme;drop table x", "é_", "p".repeat(31)];
  test.each(refused)("of %j is refused before anything is opened", async (prefix) => {
    const database = { ...sqlite(":memory:"), connect: () => expect.unreachable() };
    const opening = openPlugbay({ database, plugins, prefix });
    await expect(opening).rejects.toThrow(InvalidOptionError);
    await expect(opening).rejects.toMatchObject({ option: "prefix", value: prefix });
  });
});
