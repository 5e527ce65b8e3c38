import type { Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { ManualClock } from "../runtime/manual-clock.ts";
import { alice, bob, carol, greeter, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };
const tables = ["plugbay_audit", "plugbay_item", "plugbay_type", "plugbay_revision"] as const;

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
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 9 }, by);
    const store = await home.store();
    const head = await store.readHead(1);
    expect(head).toMatchObject({ revision: 2, onlyItems: true });
    const bobs = { revision: 2, types: [], items: [{ name: "bob" }], purged: [] };
    expect(await store.readSince(1, head)).toMatchObject(bobs);
    expect(await store.readSince(1, { ...head, onlyItems: false })).toMatchObject(bobs);
    const none = { revision: 2, types: [], items: [], purged: [] };
    expect(await store.readSince(2, await store.readHead(2))).toMatchObject(none);
  });

  test("a look tells changes of types and purges from those of items alone", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    const store = await home.store();
    expect(await store.readHead(0)).toMatchObject({ revision: 1, onlyItems: false });
    await plugbay.control.retire([idOf(plugbay, "alice")], by);
    expect(await store.readHead(1)).toMatchObject({ revision: 2, onlyItems: true });
    await plugbay.control.purge({ ...by, olderThanMs: 0 });
    expect(await store.readHead(2)).toMatchObject({ revision: 3, onlyItems: false });
    expect(await store.readHead(3)).toMatchObject({ revision: 3, onlyItems: true });
  });

  test("a look brings a few changed items along, and leaves many to be read", async () => {
    const crowd = Array.from({ length: 101 }, (_, index) => greeter(greeting, `greeter-${index}`));
    const plugbay = await home.open([greeting, ...crowd]);
    const store = await home.store();
    const names = crowd.map(({ name }) => name);
    const ids = names.map((name) => idOf(plugbay, name));
    await plugbay.control.bulk(ids.slice(1), "reserve", by);
    const few = await store.readHead(1);
    expect(few.items?.map(({ name }) => name).sort()).toEqual(names.slice(1).sort());
    await plugbay.control.bulk(ids, "disable", by);
    const many = await store.readHead(1);
    expect(many).toMatchObject({ revision: 3, onlyItems: true, items: undefined });
    expect((await store.readSince(1, many)).items).toHaveLength(101);
  });

  test("what changed between the look and the reading comes whole, at its own revision", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    const store = await home.store();
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 9 }, by);
    const head = await store.readHead(1);
    await plugbay.control.updateItem(idOf(plugbay, "carol"), { priority: 5 }, by);
    expect(await store.readSince(1, head)).toMatchObject({ revision: 2, items: [{ name: "bob" }] });
    expect(await store.readSince(1, { ...head, items: undefined })).toMatchObject({
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
    expect(sleeper.snapshot.revision).toBe(fresh.snapshot.revision);
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
