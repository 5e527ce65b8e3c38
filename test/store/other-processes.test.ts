import type { Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import type { RevisionMark } from "../../src/store/mark.ts";
import { newUuid } from "../../src/store/uuid.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { alice, bob, carol, greeter, greeterType, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };
const tables = [
  "plugbay_change",
  "plugbay_audit",
  "plugbay_item",
  "plugbay_type",
  "plugbay_revision",
] as const;

onEveryDatabase((home) => {
  const nextChange = (plugbay: Plugbay) =>
    new Promise<void>((resolve) => {
      const stop = plugbay.on("change", () => {
        stop();
        resolve();
      });
    });

  /** What a backup holds of this test's rows, and the way back to it. */
  async function backUp(): Promise<{ restore(): Promise<void> }> {
    const db = await home.kysely();
    const saved = new Map<string, Record<string, unknown>[]>();
    for (const table of tables) {
      saved.set(
        table,
        await db.selectFrom(table).selectAll().where("namespace", "=", home.namespace).execute(),
      );
    }
    return {
      async restore() {
        for (const table of tables)
          await db.deleteFrom(table).where("namespace", "=", home.namespace).execute();
        for (const table of tables.toReversed())
          await db
            .insertInto(table)
            .values(saved.get(table) ?? [])
            .execute();
      },
    };
  }

  test("a change is there for another process after its refresh", async () => {
    const [one, other] = [await home.open(plugins), await home.open(plugins)];
    await one.control.updateItem(idOf(one, "alice"), { status: "disable" }, by);
    await other.refresh();
    expect(other.get(greeting)?.greet()).toBe("bob");
    expect(other.state).toMatchObject({ kind: "live", revision: 2 });
  });

  test("a change is there for another process at its next poll, without being asked for", async () => {
    const one = await home.open(plugins);
    const clock = new ManualClock();
    const other = await home.open(plugins, { clock, pollIntervalMs: 1_000, push: false });
    await one.control.bulk([idOf(one, "alice")], "disable", by);
    expect(other.get(greeting)?.greet()).toBe("alice");

    const changed = nextChange(other);
    await clock.advance(1_200);
    await changed;
    expect(other.get(greeting)?.greet()).toBe("bob");
  });

  test("only the rows that changed are read", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    const first = snapshotOf(plugbay);
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 9 }, by);
    const store = await home.store();
    const head = await store.readHead(first);
    expect(head).toMatchObject({ revision: 2, onlyItems: true });
    const bobs = { revision: 2, types: [], items: [{ name: "bob" }], purged: [] };
    expect(await store.readSince(first, head)).toMatchObject(bobs);
    expect(await store.readSince(first, { ...head, onlyItems: false })).toMatchObject(bobs);
    const none = { revision: 2, types: [], items: [], purged: [] };
    const snapshot = snapshotOf(plugbay);
    expect(await store.readSince(snapshot, await store.readHead(snapshot))).toMatchObject(none);
  });

  test("a look tells changes of types and purges from those of items alone", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    const store = await home.store();
    const [nothing, first] = [{ revision: 0, revisionId: "" }, snapshotOf(plugbay)];
    expect(await store.readHead(nothing)).toMatchObject({ revision: 1, course: "later", onlyItems: false });
    await plugbay.control.retire([idOf(plugbay, "alice")], by);
    expect(await store.readHead(first)).toMatchObject({ revision: 2, course: "later", onlyItems: true });
    const second = snapshotOf(plugbay);
    await plugbay.control.purge({ ...by, olderThanMs: 0 });
    expect(await store.readHead(second)).toMatchObject({ revision: 3, course: "later", onlyItems: false });
    expect(await store.readHead(snapshotOf(plugbay))).toMatchObject({
      revision: 3,
      course: "same",
      onlyItems: true,
    });
  });

  test("a type that changes or comes anew is seen, and so are rows that get other ids beside a change of an item", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    const store = await home.store();
    const expectMore = async (since: RevisionMark) =>
      expect(await store.readHead(since)).toMatchObject({ course: "later", onlyItems: false });
    const start = snapshotOf(plugbay);
    const farewell = greeterType("farewell");
    await home.open([greeting, alice, bob, carol, farewell]);
    await expectMore(start);
    await plugbay.refresh();
    expect(await plugbay.control.types()).toHaveLength(2);

    const second = snapshotOf(plugbay);
    const described = greeterType("farewell", { description: "changed" });
    await (await home.open([greeting, alice, bob, carol, described])).sync({ mode: "update" });
    await expectMore(second);
    await plugbay.refresh();
    const third = snapshotOf(plugbay);
    expect([...third.types.values()].map(({ row }) => row.description)).toContain("changed");

    const [item] = (await store.readAll()).items;
    if (item === undefined) throw new Error("there is no item");
    const after = { ...item, description: "renumbered" };
    const prologue = { revisions: 0, queries: () => [] };
    await store.write(
      { actor: null, source: "django" },
      async () => [{ entity: "item", action: "update", before: item, after }],
      { prologue },
    );
    await expectMore(third);
  });

  test("what older code has written is read whole, in a transaction of the application, too", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    const store = await home.store();
    const db = await home.kysely();
    const first = snapshotOf(plugbay);
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 9 }, by);
    const row = () => db.updateTable("plugbay_revision").where("namespace", "=", home.namespace);
    await row().set({ trail: null }).execute();
    const head = await store.readHead(first);
    expect(head).toMatchObject({ revision: 2, course: "later", onlyItems: false });
    const bobs = { revision: 2, types: [], items: [{ name: "bob" }], purged: [] };
    expect(await store.readSince(first, head)).toMatchObject(bobs);
    await db.transaction().execute(async (transaction) => {
      const joined = store.in(transaction, () => undefined);
      expect(await joined.readSince(first, head)).toMatchObject(bobs);
      expect(await joined.readSince({ ...first, revisionId: newUuid() }, head)).toBeUndefined();
    });
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 8 }, by);
    expect(await store.readHead(first)).toMatchObject({ onlyItems: false });
    expect(await store.readHead(head)).toMatchObject({ onlyItems: false });
    const last = snapshotOf(plugbay);
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 7 }, by);
    const changed = { name: "bob", priority: 7 };
    expect(await store.readHead(last)).toMatchObject({ onlyItems: true, items: [changed] });
  });

  test("a look brings a few changed items along, and leaves many to be read", async () => {
    const crowd = Array.from({ length: 101 }, (_, index) => greeter(greeting, `greeter-${index}`));
    const plugbay = await home.open([greeting, ...crowd]);
    const store = await home.store();
    const names = crowd.map(({ name }) => name);
    const ids = names.map((name) => idOf(plugbay, name));
    const first = snapshotOf(plugbay);
    await plugbay.control.bulk(ids.slice(1), "reserve", by);
    const few = await store.readHead(first);
    expect(few.items?.map(({ name }) => name).sort()).toEqual(names.slice(1).sort());
    await plugbay.control.bulk(ids, "disable", by);
    const many = await store.readHead(first);
    expect(many).toMatchObject({ revision: 3, onlyItems: true, items: undefined });
    expect((await store.readSince(first, many))?.items).toHaveLength(101);
  });

  test("what changed between the look and the reading comes whole, at its own revision", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    const store = await home.store();
    const first = snapshotOf(plugbay);
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 9 }, by);
    const head = await store.readHead(first);
    await plugbay.control.updateItem(idOf(plugbay, "carol"), { priority: 5 }, by);
    expect(await store.readSince(first, head)).toMatchObject({ revision: 2, items: [{ name: "bob" }] });
    expect(await store.readSince(first, { ...head, items: undefined })).toMatchObject({
      revision: 3,
      items: expect.arrayContaining([
        expect.objectContaining({ name: "bob", revision: 2 }),
        expect.objectContaining({ name: "carol", revision: 3 }),
      ]),
    });
  });

  test("a process that slept through many changes ends with the same picture as one that opens now", async () => {
    const sleeper = await home.open(plugins);
    const one = await home.open([greeting, alice, bob, carol]);
    const ids = ["alice", "bob", "carol"].map((name) => idOf(one, name));
    await one.control.reorder(ids.toReversed(), by);
    await one.control.retire(ids.slice(0, 1), by);
    await one.control.bulk(ids.slice(1), "reserve", by);
    await one.control.purge({ ...by, olderThanMs: 0 });
    await sleeper.refresh();
    const fresh = await home.open(plugins, { sync: false });
    expect(sleeper.items(greeting)).toEqual(fresh.items(greeting));
    expect(snapshotOf(sleeper).revision).toBe(snapshotOf(fresh).revision);
  });

  /** A copy that went on by itself takes the place of the database: one disabled bob where the other disabled alice. */
  async function promoteCopy(plugbay: Plugbay, changes = 1): Promise<void> {
    const { restore } = await backUp();
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    await restore();
    const other = await home.open(plugins);
    await other.control.updateItem(idOf(other, "bob"), { status: "disable" }, by);
    for (let priority = 1; priority < changes; priority += 1) {
      await other.control.updateItem(idOf(other, "alice"), { priority }, by);
    }
  }

  test("a promoted copy at the same revision with other contents is served within a poll, by all of it", async () => {
    const clock = new ManualClock();
    const plugbay = await home.open(plugins, { clock, pollIntervalMs: 1_000, push: false });
    await promoteCopy(plugbay);
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    const changed = nextChange(plugbay);
    await clock.advance(1_200);
    await changed;
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    expect(plugbay.state).toMatchObject({ kind: "live", revision: 2 });
    const fresh = await home.open(plugins, { sync: false });
    expect(plugbay.items(greeting)).toEqual(fresh.items(greeting));
  });

  test("of a promoted copy at a later revision not only the changes since are taken over", async () => {
    const plugbay = await home.open(plugins);
    await promoteCopy(plugbay, 3);
    await plugbay.refresh();
    const fresh = await home.open(plugins, { sync: false });
    expect(plugbay.items(greeting)).toEqual(fresh.items(greeting));
    expect(plugbay.items(greeting).map(({ name, status }) => [name, status])).toEqual([
      ["alice", "active"],
      ["bob", "disable"],
    ]);
  });

  test("a copy that takes the place between the look and the reading is noticed by the reading", async () => {
    const plugbay = await home.open(plugins);
    const store = await home.store();
    const first = snapshotOf(plugbay);
    const { restore } = await backUp();
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    const second = snapshotOf(plugbay);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 3 }, by);
    const [fromFirst, fromSecond] = [await store.readHead(first), await store.readHead(second)];
    await restore();
    const other = await home.open(plugins);
    await other.control.updateItem(idOf(other, "bob"), { status: "disable" }, by);
    await other.control.updateItem(idOf(other, "bob"), { priority: 3 }, by);
    expect(await store.readSince(second, { ...fromSecond, items: undefined })).toBeUndefined();
    expect(await store.readSince(first, { ...fromFirst, items: undefined })).toMatchObject({
      revision: 3,
      items: [{ name: "bob", status: "disable" }],
    });
  });

  test("after a promotion, a change of all that a query finds finds it in what the database has", async () => {
    const plugbay = await home.open(plugins);
    await promoteCopy(plugbay);
    await plugbay.control.bulk({ query: { status: "active" } }, "reserve", by);
    expect((await home.item("alice")).status).toBe("reserve");
    expect((await home.item("bob")).status).toBe("disable");
  });

  test("after a promotion, a transaction of the application sees what the database has", async () => {
    const plugbay = await home.open(plugins);
    await promoteCopy(plugbay);
    const db = await home.kysely();
    await db.transaction().execute(async (transaction) => {
      const { control } = plugbay;
      await control.in(transaction).bulk({ query: { status: "active" } }, "reserve", by);
    });
    await plugbay.refresh();
    expect(plugbay.items(greeting).map(({ name, status }) => [name, status])).toEqual([
      ["alice", "reserve"],
      ["bob", "disable"],
    ]);
  });

  test("a plan that was made before a promotion is made anew", async () => {
    const plugbay = await home.open(plugins);
    const store = await home.store();
    const read = await store.readAll();
    await store.write({ actor: null, source: "api" }, async (current) => {
      expect(await current.isAt(read)).toBe(true);
      return [];
    });
    await promoteCopy(plugbay);
    await store.write({ actor: null, source: "api" }, async (current) => {
      expect(current.revision).toBe(snapshotOf(plugbay).revision);
      expect(await current.isAt(snapshotOf(plugbay))).toBe(false);
      return [];
    });
  });

  test("a restored backup, whose revision is lower, is taken over whole", async () => {
    const plugbay = await home.open(plugins);
    const { restore } = await backUp();
    const before = plugbay.items(greeting);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    const wider = await home.open([greeting, alice, bob, carol]);
    await plugbay.refresh();
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    expect(plugbay.items(greeting)).toHaveLength(3);

    await restore();
    await plugbay.refresh();
    await wider.refresh();
    expect(plugbay.items(greeting)).toEqual(before);
    expect(wider.items(greeting)).toEqual(before);
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    expect(plugbay.state).toMatchObject({ kind: "live", revision: 1 });
  });

  test("a restored backup can be changed at once", async () => {
    const plugbay = await home.open(plugins);
    const { restore } = await backUp();
    const id = idOf(plugbay, "alice");
    for (const priority of [5, 6, 7]) await plugbay.control.updateItem(id, { priority }, by);
    await restore();
    await plugbay.control.updateItem(id, { status: "reserve" }, by);
    expect(plugbay.items(greeting)).toMatchObject([
      { name: "bob", version: 1 },
      { name: "alice", status: "reserve", priority: 1, version: 2, revision: 2 },
    ]);
  });

  if (home.kind.dialect !== "sqlite") {
    test("a process whose database is gone serves on, says so, and refuses changes", async () => {
      const empty = await home.elsewhere();
      const plugbay = await home.open(plugins, { database: empty.database, migrate: true });
      await empty.drop();

      await expect(plugbay.refresh()).rejects.toThrow();
      expect(plugbay.state).toMatchObject({ kind: "stale", revision: 1, cause: expect.any(Error) });
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      const change = plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
      await expect(change).rejects.toThrow();
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      expect((await plugbay.control.list()).total).toBe(2);
    });
  }
});
