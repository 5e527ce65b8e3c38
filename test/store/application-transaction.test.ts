import { CamelCasePlugin, sql, type Transaction } from "kysely";
import {
  ConflictError,
  definePlugin,
  ForbiddenError,
  InvalidConfigError,
  InvalidOptionError,
  ItemNotFoundError,
  LabelTakenError,
  type Plugbay,
  TransactionUnusableError,
  WriteBlockedError,
} from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import type { AnyKysely, AnyTransaction } from "../../src/store/any-kysely.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const module = "apps/greeters";
const name = "polyglot";
const polyglot = definePlugin(greeting, {
  module,
  name,
  config: z.strictObject({ word: z.string() }),
  create: ({ config }) => ({ greet: () => config.word }),
});
const plugins = [greeting, alice, bob, polyglot];
const hi = { type: greeting, module, name, label: "en", config: { word: "hi" }, priority: -1 };

class Abandoned extends Error {}

onEveryDatabase((home) => {
  const open = async (db: AnyKysely) => home.open(plugins, { database: db });

  /** The application's own table, in which a tenant is made beside its item. */
  async function tenants(db: AnyKysely): Promise<void> {
    await db.schema
      .createTable("tenant")
      .ifNotExists()
      .addColumn("name", "varchar(100)", (column) => column.notNull())
      .execute();
    await db.deleteFrom("tenant").execute();
  }

  const tenantNames = async (db: AnyKysely): Promise<string[]> =>
    (await db.selectFrom("tenant").select("name").execute()).map((row) => row.name);

  /** Runs `work` in a transaction that is then rolled back. */
  async function abandon(db: AnyKysely, work: (transaction: AnyTransaction) => Promise<void>): Promise<void> {
    const abandoned = db.transaction().execute(async (transaction) => {
      await work(transaction);
      throw new Abandoned();
    });
    await expect(abandoned).rejects.toThrow(Abandoned);
  }

  test("a change in a transaction of the application is there when that commits, for this process and others", async () => {
    const db = await home.kysely();
    await tenants(db);
    const [plugbay, other] = [await open(db), await home.open(plugins)];
    const created = await db.transaction().execute(async (transaction) => {
      await transaction.insertInto("tenant").values({ name: "acme" }).execute();
      const item = await plugbay.control.in(transaction).createItem(hi, by);
      if (home.kind.dialect !== "sqlite") await other.refresh();
      expect(other.get(greeting)?.greet()).toBe("alice");
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      return item;
    });
    expect(created).toMatchObject({ label: "en", config: { word: "hi" }, version: 1, priority: -1 });
    await Promise.all([plugbay.refresh(), other.refresh()]);
    expect([plugbay, other].map((one) => one.get(greeting)?.greet())).toEqual(["hi", "hi"]);
    expect(await tenantNames(db)).toEqual(["acme"]);
    const [entry] = await plugbay.control.history();
    expect(entry).toMatchObject({ action: "create", actor: "operator", revision: 2, entityId: created.id });
  });

  test("a change in a transaction that is rolled back leaves no trace", async () => {
    const db = await home.kysely();
    await tenants(db);
    const [plugbay, other] = [await open(db), await home.open(plugins)];
    const [before, history] = [await home.rows(), await plugbay.control.history()];
    const seen: unknown[] = [];
    for (const one of [plugbay, other]) one.on("change", (event) => seen.push(event));
    await abandon(db, async (transaction) => {
      await transaction.insertInto("tenant").values({ name: "acme" }).execute();
      const control = plugbay.control.in(transaction);
      const item = await control.createItem(hi, by);
      await control.updateItem(item.id, { priority: -9 }, by);
      await control.bulk([idOf(plugbay, "alice")], "disable", by);
    });
    await Promise.all([plugbay.refresh(), other.refresh()]);
    expect(seen).toEqual([]);
    expect([plugbay, other].map((one) => one.get(greeting)?.greet())).toEqual(["alice", "alice"]);
    expect(await home.rows()).toEqual(before);
    expect(await plugbay.control.history()).toEqual(history);
    expect(await tenantNames(db)).toEqual([]);
    // The revision that was given back is taken by the next change.
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 0 }, by);
    await other.refresh();
    expect(other.get(greeting)?.greet()).toBe("bob");
    expect(other.state).toMatchObject({ revision: 2 });
  });

  test("changes build on each other within a transaction, each a revision of its own", async () => {
    const db = await home.kysely();
    const plugbay = await open(db);
    const id = idOf(plugbay, "alice");
    await db.transaction().execute(async (transaction) => {
      const control = plugbay.control.in(transaction);
      const first = await control.createItem(hi, by);
      const second = await control.duplicateItem(first.id, { label: "fr" }, by);
      const changed = await control.updateItem(
        second.id,
        { config: { word: "salut" }, status: "active" },
        { ...by, version: second.version },
      );
      expect(changed).toMatchObject({ label: "fr", config: { word: "salut" }, version: 2 });
      expect(await control.bulk({ query: { search: name } }, "raise", by)).toMatchObject({ changed: 2 });
      await control.retire([id], by);
      await control.restore([id], by);
      await control.reorder([second.id, first.id], by);
      await plugbay.control.in(transaction).updateItems([{ id, priority: 44 }], by);
    });
    await plugbay.refresh();
    expect(plugbay.get(greeting)?.greet()).toBe("salut");
    expect(plugbay.items(greeting).map(({ label, priority }) => [label, priority])).toEqual([
      ["fr", -12],
      ["en", -2],
      ["", 2],
      ["", 44],
    ]);
    expect((await home.rows()).revision).toBe(9);
  });

  test("what is refused is undone by itself, and the transaction can go on", async () => {
    const db = await home.kysely();
    await tenants(db);
    const plugbay = await open(db);
    const id = idOf(plugbay, "alice");
    await plugbay.control.updateItem(id, { priority: 3 }, by);
    const { control } = plugbay;
    await db.transaction().execute(async (transaction) => {
      const joined = control.in(transaction);
      await transaction.insertInto("tenant").values({ name: "before" }).execute();
      await joined.createItem(hi, by);
      await expect(joined.updateItem(id, { priority: 4 }, { ...by, version: 1 })).rejects.toThrow(
        ConflictError,
      );
      await expect(joined.createItem(hi, by)).rejects.toThrow(LabelTakenError);
      await expect(joined.createItem({ ...hi, label: "x", config: {} }, by)).rejects.toThrow(
        InvalidConfigError,
      );
      await expect(joined.retire(["nobody"], by)).rejects.toThrow(ItemNotFoundError);
      expect(await joined.updateItems([{ id, priority: 3 }], by)).toEqual({ changed: 0, revision: 3 });
      const reader = control.limitedTo({ access: "read" }).in(transaction);
      await expect(reader.updateItem(id, { priority: 5 }, by)).rejects.toThrow(ForbiddenError);
      const stranger = control.limitedTo({ access: "write", types: [] }).in(transaction);
      await expect(stranger.bulk([id], "lower", by)).rejects.toThrow(ForbiddenError);
      await transaction.insertInto("tenant").values({ name: "after" }).execute();
    });
    await plugbay.refresh();
    expect((await tenantNames(db)).sort()).toEqual(["after", "before"]);
    expect(await home.item("alice")).toMatchObject({ priority: 3, version: 2 });
    expect((await home.rows()).revision).toBe(3);
  });

  test("calls that are made at once in one transaction do not undo each other", async () => {
    const db = await home.kysely();
    const plugbay = await open(db);
    await db.transaction().execute(async (transaction) => {
      const labels = ["a", "b", "a", "c", "b"];
      const results = await Promise.allSettled(
        labels.map((label) => plugbay.control.in(transaction).createItem({ ...hi, label }, by)),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    });
    const { items } = await home.rows();
    expect(
      items
        .map(({ label }) => label)
        .filter((label) => label !== "")
        .sort(),
    ).toEqual(["a", "b", "c"]);
  });

  test("an edit of a version that was outrun is refused, whenever the transaction began", async () => {
    const db = await home.kysely();
    const plugbay = await open(db);
    const other = await home.open(plugins);
    const id = idOf(plugbay, "alice");
    const item = plugbay.items(greeting).find((one) => one.id === id);
    const attempt = db.transaction().execute(async (transaction) => {
      // From here on, a database that repeats its reads shows the rows as they are now.
      await transaction.selectFrom("plugbay_item").select("id").execute();
      await other.control.updateItem(id, { description: "theirs" }, by);
      const edit = { description: "ours" };
      await plugbay.control.in(transaction).updateItem(id, edit, { ...by, version: item?.version ?? 0 });
    });
    // SQLite says itself that the rows have moved on.
    await expect(attempt).rejects.toThrow(home.kind.dialect === "sqlite" ? /locked/ : ConflictError);
    expect(await home.item("alice")).toMatchObject({ description: "theirs", version: 2 });
  });

  if (home.kind.dialect !== "sqlite") {
    for (const isolation of ["repeatable read", "serializable"] as const) {
      test(`under "${isolation}" a change commits, and a failure to serialize is the application's to repeat`, async () => {
        const db = await home.kysely();
        const plugbay = await open(db);
        const other = await home.open(plugins);
        const id = idOf(plugbay, "alice");
        let attempts = 0;
        const attempt = () =>
          db
            .transaction()
            .setIsolationLevel(isolation)
            .execute(async (transaction) => {
              attempts += 1;
              await transaction.selectFrom("plugbay_revision").selectAll().execute();
              if (attempts === 1 && isolation === "repeatable read") {
                await other.control.updateItem(idOf(other, "bob"), { priority: 50 }, by);
              }
              await plugbay.control.in(transaction).updateItem(id, { priority: 40 }, by);
            });
        const first = await attempt().catch((error: unknown) => error);
        if (home.kind.dialect === "postgres" && isolation === "repeatable read") {
          expect(first).toMatchObject({ code: "40001" });
          await attempt();
        } else expect(first).toBeUndefined();
        expect((await home.item("alice")).priority).toBe(40);
      });
    }
  }

  test("plugins and schemas of the application's transaction do not touch plugbay's queries", async () => {
    const db = await home.kysely({ plugins: [new CamelCasePlugin()] });
    const plugbay = await open(db);
    await db.transaction().execute(async (transaction) => {
      const elsewhere = transaction.withSchema("nowhere") as Transaction<unknown>;
      await plugbay.control.in(elsewhere).updateItem(idOf(plugbay, "alice"), { priority: 77 }, by);
    });
    expect((await home.item("alice")).priority).toBe(77);
  });

  test("a transaction that the application controls by hand can be joined, its savepoints included", async () => {
    const db = await home.kysely();
    const plugbay = await open(db);
    const transaction = await db.startTransaction().execute();
    await plugbay.control.in(transaction).createItem(hi, by);
    const saved = await transaction.savepoint("mine").execute();
    const joined = plugbay.control.in(saved);
    await joined.createItem({ ...hi, label: "gone" }, by);
    await saved.rollbackToSavepoint("mine").execute();
    const again = await joined.createItem({ ...hi, label: "again", config: { word: "ahoy" } }, by);
    expect(again).toMatchObject({ label: "again", config: { word: "ahoy" } });
    await transaction.commit().execute();
    await plugbay.refresh();
    const labels = plugbay.items(greeting).map(({ label }) => label);
    expect(labels.filter((label) => label !== "").sort()).toEqual(["again", "en"]);
    const late = joined.createItem({ ...hi, label: "late" }, by);
    await expect(late).rejects.toThrow(TransactionUnusableError);
    await expect(late).rejects.toThrow(/it has ended/);
  });

  test("what is no open transaction of plugbay's database is refused in clear words", async () => {
    const db = await home.kysely();
    const plugbay = await open(db);
    const { control } = plugbay;
    for (const wrong of [db, {}, undefined, "transaction"]) {
      expect(() => control.in(wrong as AnyTransaction)).toThrow(InvalidOptionError);
    }
    const ended = await db.transaction().execute(async (transaction) => control.in(transaction));
    await expect(ended.createItem(hi, by)).rejects.toThrow(TransactionUnusableError);
    const elsewhere = await home.kysely({}, await home.elsewhere());
    const foreign = elsewhere
      .transaction()
      .execute((transaction) => control.in(transaction).createItem(hi, by));
    await expect(foreign).rejects.toThrow(/plugbay's tables are not in its database/);
    await plugbay.close();
    await db.transaction().execute(async (transaction) => {
      expect(() => control.in(transaction)).toThrow(/closed/);
    });
  });

  test.each([0, 1, 3, 5, 8])(
    "a call that was not awaited leaves the application's connection usable, %i queries before the commit",
    async (queries) => {
      const db = await home.kysely();
      const plugbay = await open(db);
      let outcome: Promise<unknown> = Promise.resolve();
      await db.transaction().execute(async (transaction) => {
        const change = plugbay.control
          .in(transaction)
          .updateItem(idOf(plugbay, "alice"), { priority: 9 }, by);
        outcome = change.then(
          () => undefined,
          (error: unknown) => error,
        );
        for (let query = 0; query < queries; query += 1) await sql`select 1`.execute(transaction);
      });
      const error = await outcome;
      if (error !== undefined) expect(error).toBeInstanceOf(TransactionUnusableError);
      if (home.kind.dialect === "sqlite") {
        expect((await home.item("alice")).priority === 9).toBe(error === undefined);
      }
      await db.transaction().execute(async (transaction) => {
        await plugbay.control.in(transaction).updateItem(idOf(plugbay, "bob"), { priority: 8 }, by);
      });
      expect((await home.item("bob")).priority).toBe(8);
    },
  );

  test("this process looks for the commit by itself", async () => {
    const db = await home.kysely();
    const plugbay = await home.open(plugins, { database: db, pollIntervalMs: 60_000, push: false });
    await db.transaction().execute(async (transaction) => {
      await plugbay.control.in(transaction).createItem(hi, by);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await expect.poll(() => plugbay.get(greeting)?.greet(), { timeout: 3_000 }).toBe("hi");
  });

  test("an import and a revert join a transaction, too", async () => {
    const db = await home.kysely();
    const plugbay = await open(db);
    const document = await plugbay.control.exportItems();
    const id = idOf(plugbay, "alice");
    await plugbay.control.updateItem(id, { priority: 90 }, by);
    const [entry] = await plugbay.control.history();
    if (!entry) throw new Error("there is an entry");
    await db.transaction().execute(async (transaction) => {
      await plugbay.control.in(transaction).revert(entry, by);
      await plugbay.control.in(transaction).updateItem(id, { priority: 91 }, by);
      await plugbay.control.in(transaction).import(document, by);
    });
    expect((await home.item("alice")).priority).toBe(1);
    expect((await home.rows()).revision).toBe(5);
  });

  if (home.kind.dialect === "postgres") {
    test("a change beside control.in, inside the same transaction, ends with an error that says so", async () => {
      const db = await home.kysely();
      const plugbay: Plugbay = await open(db);
      const id = idOf(plugbay, "alice");
      await abandon(db, async (transaction) => {
        await plugbay.control.in(transaction).updateItem(id, { priority: 8 }, by);
        await expect(plugbay.control.updateItem(id, { priority: 9 }, by)).rejects.toThrow(WriteBlockedError);
      });
      await plugbay.control.updateItem(id, { priority: 10 }, by);
    }, 60_000);
  }
});
