import { sql } from "kysely";
import { InvalidOptionError, type Plugbay, PurgeBlockedError } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, greeter, greeterType, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const minute = 60_000;
const prune = { prune: true } as const;
const reference = {
  sqlite: sql`text`,
  postgres: sql`varchar(36)`,
  mysql: sql`varchar(36) character set ascii collate ascii_bin`,
};

onEveryDatabase((home) => {
  const farewell = greeterType("farewell");
  const everything = [greeting, alice, bob, farewell, greeter(farewell, "dave")];
  const names = async () => (await home.rows()).items.map(({ name }) => name).sort();

  /** Everything, of which `dave` and his type were pruned. */
  async function pruned(): Promise<Plugbay> {
    await home.open(everything);
    const plugbay = await home.open([greeting, alice, bob]);
    await plugbay.sync(prune);
    return plugbay;
  }

  test("a retired item serves no more, is listed only on demand, and keeps everything", async () => {
    const plugbay = await home.open([greeting, alice, bob]);
    const before = await home.item("alice");
    expect(await plugbay.control.retire([before.id], by)).toMatchObject({ changed: 1 });

    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    expect(plugbay.getById(greeting, before.id)).toBeUndefined();
    expect((await plugbay.control.list()).items.map(({ name }) => name)).toEqual(["bob"]);
    expect((await plugbay.control.list({ retired: true })).items.map(({ name }) => name)).toEqual(["alice"]);
    const after = await home.item("alice");
    expect(after).toEqual({
      ...before,
      retiredAt: expect.any(String),
      retiredBy: "operator",
      updatedAt: after.updatedAt,
      version: 2,
      revision: 2,
    });
  });

  test("a restored item serves as it did before", async () => {
    const plugbay = await home.open([greeting, alice, bob]);
    const { id } = await home.item("alice");
    await plugbay.control.retire([id], by);
    expect(await plugbay.control.restore([id], by)).toMatchObject({ changed: 1 });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    expect(await home.item("alice")).toMatchObject({ id, retiredAt: null, retiredBy: null, version: 3 });
  });

  test("retiring what is retired keeps the first time and who did it", async () => {
    const plugbay = await pruned();
    const before = await home.item("dave");
    expect(await plugbay.control.retire([before.id], by)).toMatchObject({ changed: 0 });
    expect(await home.item("dave")).toEqual(before);
  });

  test("purging deletes what was retired long enough ago, and nothing else", async () => {
    const plugbay = await pruned();
    expect(await plugbay.control.purge({ ...by, olderThanMs: minute })).toEqual({ types: [], items: [] });
    expect(await names()).toEqual(["alice", "bob", "dave"]);

    const plan = await plugbay.control.planPurge({ olderThanMs: 0 });
    expect(plan.items.map(({ name }) => name)).toEqual(["dave"]);
    expect(plan.types.map(({ name }) => name)).toEqual(["farewell"]);
    expect(await names()).toEqual(["alice", "bob", "dave"]);

    expect(await plugbay.control.purge({ ...by, olderThanMs: 0 })).toEqual(plan);
    expect(await names()).toEqual(["alice", "bob"]);
    expect((await home.rows()).types.map(({ name }) => name)).toEqual(["greeting"]);
  });

  test("what was purged keeps its history", async () => {
    const plugbay = await pruned();
    const { id } = await home.item("dave");
    await plugbay.control.purge({ ...by, olderThanMs: 0 });
    const history = await plugbay.control.history({ entityId: id });
    expect(history.map(({ action }) => action)).toEqual(["purge", "retire", "create"]);
    expect(history[0]).toMatchObject({
      actor: "operator",
      before: { name: "dave", status: "active" },
      after: null,
    });
  });

  test("what was purged is new when it is registered again", async () => {
    const plugbay = await pruned();
    const { id } = await home.item("dave");
    await plugbay.control.purge({ ...by, olderThanMs: 0 });
    const again = await home.open(everything);
    expect(again.get(farewell)?.greet()).toBe("dave");
    expect(idOf(again, "dave")).not.toBe(id);
  });

  test("a purge reaches processes that served or listed the items", async () => {
    const other = await home.open(everything);
    const plugbay = await home.open([greeting, alice]);
    await plugbay.sync(prune);
    await plugbay.control.purge({ ...by, olderThanMs: 0 });

    expect(other.get(farewell)?.greet()).toBe("dave");
    await other.refresh();
    expect(other.get(farewell)).toBeUndefined();
    expect(other.explain(greeting).map(({ item }) => item.name)).toEqual(["alice"]);
    expect((await other.control.list({ retired: "include" })).total).toBe(1);
    expect((await other.control.types()).map(({ name }) => name)).toEqual(["greeting"]);
  });

  test("a purge of items that the application's rows point at is refused and deletes nothing", async () => {
    const empty = await home.elsewhere();
    const database = empty.database;
    const plugbay = await home.open(everything, { database, migrate: true });
    const db = await home.kysely({}, empty);
    await db.schema
      .createTable("favourite")
      .addColumn("person", reference[home.kind.dialect], (column) => column.notNull().primaryKey())
      .addColumn("item_id", reference[home.kind.dialect])
      .addForeignKeyConstraint("favourite_item", ["item_id"], "plugbay_item", ["id"])
      .execute();
    const favourite = idOf(plugbay, "bob");
    await db.insertInto("favourite").values({ person: "zoe", item_id: favourite }).execute();
    const ids = ["alice", "bob", "dave"].map((name) => idOf(plugbay, name));
    await plugbay.control.retire(ids, by);
    const before = await home.rows({ database });

    const purge = plugbay.control.purge({ ...by, olderThanMs: 0 });
    await expect(purge).rejects.toThrow(PurgeBlockedError);
    await expect(purge).rejects.toMatchObject({ code: "PURGE_BLOCKED", cause: expect.any(Error) });
    expect(await home.rows({ database })).toEqual(before);

    await db.deleteFrom("favourite").execute();
    await plugbay.control.purge({ ...by, olderThanMs: 0 });
    expect((await home.rows({ database })).items).toEqual([]);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    "purging with an age of %d ms is refused",
    async (olderThanMs) => {
      const plugbay = await pruned();
      const before = await home.rows();
      await expect(plugbay.control.purge({ ...by, olderThanMs })).rejects.toThrow(InvalidOptionError);
      expect(await home.rows()).toEqual(before);
    },
  );
});
