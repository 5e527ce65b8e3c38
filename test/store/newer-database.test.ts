import { MigrationRequiredError, NewerDatabaseError, openPlugbay, type Plugbay } from "plugbay";
import { migrations } from "plugbay/migrations";
import { expect, test } from "vitest";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { alice, bob, carol, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };

/** Notes a migration that this version does not know. */
const note = (db: AnyKysely, name: string, compatible: number | null) =>
  db
    .insertInto("plugbay_migration")
    .values({ name, applied_at: new Date().toISOString(), compatible })
    .execute();

/** What a version to come may do, and say that this one may go on: a table, and columns that need no value. */
async function migrateByTheFuture(db: AnyKysely): Promise<void> {
  await db.schema.createTable("plugbay_future").addColumn("id", "integer").execute();
  for (const name of ["revision", "change", "type", "item", "audit", "process"]) {
    const table = `plugbay_${name}`;
    await db.schema.alterTable(table).addColumn("future_note", "varchar(40)").execute();
    await db.schema
      .alterTable(table)
      .addColumn("future_level", "integer", (column) => column.notNull().defaultTo(7))
      .execute();
  }
  await db.schema.alterTable("plugbay_migration").addColumn("future_note", "varchar(40)").execute();
  await note(db, "9001_future", 1);
}

onEveryDatabase((home) => {
  /** Does about all that a process does. */
  async function expectWorks(plugbay: Plugbay): Promise<void> {
    const { control } = plugbay;
    await plugbay.sync({ mode: "update", prune: true });
    const id = idOf(plugbay, "alice");
    await control.updateItem(id, { status: "disable", priority: 9 }, by);
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    await control.bulk([id], "activate", by);
    await control.retire([id], by);
    await control.restore([id], by);
    const [entry] = await control.history({ limit: 1 });
    expect(entry).toMatchObject({ action: "restore", actor: "operator" });
    await control.retire([idOf(plugbay, "bob")], by);
    await control.purge({ ...by, olderThanMs: 0 });
    await plugbay.refresh();
    expect(plugbay.items(greeting).map(({ name }) => name)).toEqual(["alice"]);
    await expect.poll(() => control.processes()).toHaveLength(1);
  }

  test("with migrations that say that older code may go on, this version opens and does all it does", async () => {
    const { database, kysely } = await home.elsewhere();
    const store = await home.store({ database });
    await store.migrate();
    const db = await kysely();
    home.afterwards(() => db.destroy());
    await migrateByTheFuture(db);

    expect(await store.pendingMigrations()).toEqual([]);
    expect(await store.migrate()).toEqual([]);
    expect(await store.newerMigrations()).toEqual(["9001_future"]);
    for (const migrate of [false, true]) {
      const options = { database, migrate, heartbeatMs: 60_000, namespace: `migrate ${migrate}` };
      await expectWorks(await home.open(plugins, options));
    }
    // What is new is as the database made it.
    const rows = await db.selectFrom("plugbay_item").select(["future_note", "future_level"]).execute();
    expect(new Set(rows.map((row) => [row.future_note, Number(row.future_level)].join()))).toEqual(
      new Set([",7"]),
    );
  });

  test("a process that runs while such a migration is made goes on", async () => {
    const { database, kysely } = await home.elsewhere();
    const plugbay = await home.open(plugins, { database, migrate: true, heartbeatMs: 60_000 });
    const other = await home.open([...plugins, carol], { database });
    await plugbay.refresh();
    const db = await kysely();
    home.afterwards(() => db.destroy());
    await migrateByTheFuture(db);
    await other.control.retire([idOf(other, "carol")], by);
    await plugbay.refresh();
    expect(plugbay.explain(greeting).map(({ item, reason }) => `${item.name}: ${reason}`)).toContain(
      "carol: retired",
    );
    await plugbay.control.purge({ ...by, olderThanMs: 0 });
    await expectWorks(plugbay);
  });

  test("is refused and left alone where one of them says that it may not, or says nothing", async () => {
    const empty = await home.elsewhere();
    const store = await home.store({ database: empty.database });
    await store.migrate();
    const db = await home.kysely({}, empty);
    await note(db, "9001_harmless", 1);
    await note(db, "9002_grave", 0);
    await note(db, "9003_silent", null);

    for (const migrate of [true, false]) {
      const opening = openPlugbay({ database: empty.database, plugins, migrate });
      await expect(opening).rejects.toThrow(NewerDatabaseError);
      await expect(opening).rejects.toMatchObject({ unknown: ["9002_grave", "9003_silent"] });
    }
    expect(await db.selectFrom("plugbay_item").selectAll().execute()).toEqual([]);
  });

  test("each migration notes whether older code may go on", async () => {
    const empty = await home.elsewhere();
    const store = await home.store({ database: empty.database });
    await store.migrate();
    const db = await home.kysely({}, empty);
    const rows = await db.selectFrom("plugbay_migration").selectAll().execute();
    const steps = migrations({ dialect: home.kind.dialect });
    expect(Object.fromEntries(rows.map(({ name, compatible }) => [name, Number(compatible) === 1]))).toEqual(
      Object.fromEntries(Object.entries(steps).map(([name, { compatible }]) => [name, compatible])),
    );
    expect(steps["0001_initial"]?.compatible).toBe(false);
    expect(steps["0003_managed"]?.compatible).toBe(true);
  });

  test("tables of the first version, whose migrations say nothing of this, are read and brought up to date", async () => {
    const empty = await home.elsewhere();
    const db = await home.kysely({}, empty);
    await migrations({ dialect: home.kind.dialect })["0001_initial"]?.up(db);
    await db.schema.alterTable("plugbay_migration").dropColumn("compatible").execute();
    const { database } = empty;
    await expect(openPlugbay({ database, plugins, migrate: false })).rejects.toThrow(MigrationRequiredError);
    const plugbay = await home.open(plugins, { database, migrate: true });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });
});
