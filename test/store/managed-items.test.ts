import { randomBytes } from "node:crypto";
import { definePlugin, ManagedByFileError, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import { alice, bob, carol, greeter, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const key = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;

const vault = definePlugin(greeting, {
  module: "apps/vault",
  name: "vault",
  priority: 50,
  config: z.strictObject({ token: z.string() }),
  secrets: ["token"],
  create: ({ config }) => ({ greet: () => config.token }),
});
const plugins = [greeting, alice, bob, carol, vault];

const file = (...items: object[]) => ({
  plugbay: 1,
  types: [{ manager: greeting.manager, name: greeting.name, items }],
});
const bobsPlace = { module: "apps/greeters", name: "bob" };

onEveryDatabase((home) => {
  /** Alice, bob and carol at 1, 2 and 3, of which a file manages bob. */
  async function withBobManaged(): Promise<Plugbay> {
    const plugbay = await home.open(plugins);
    await plugbay.control.import(file({ ...bobsPlace, managed: "file" }), by);
    return plugbay;
  }

  async function refuses(work: () => Promise<unknown>): Promise<void> {
    const before = await home.rows();
    const refused = work();
    await expect(refused).rejects.toThrow(ManagedByFileError);
    await expect(refused).rejects.toThrow(/apps\/greeters:bob is managed by a file.*plugbay import/);
    expect(await home.rows()).toEqual(before);
  }

  test("a managed item says so to everybody, and others do not", async () => {
    const plugbay = await withBobManaged();
    expect(plugbay.items(greeting).map(({ name, managed }) => [name, managed])).toEqual([
      ["alice", null],
      ["bob", "file"],
      ["carol", null],
    ]);
    expect((await home.item("bob")).managed).toBe("file");
    const later = await home.open(plugins);
    expect((await later.control.getItem(idOf(later, "bob"))).managed).toBe("file");
    expect((await plugbay.control.history({ limit: 1 }))[0]).toMatchObject({
      before: { managed: null },
      after: { managed: "file" },
    });
  });

  test("an update of a managed item is refused, alone and among others", async () => {
    const plugbay = await withBobManaged();
    const { control } = plugbay;
    const [a, b] = ["alice", "bob"].map((name) => idOf(plugbay, name)) as [string, string];
    for (const patch of [{ status: "disable" }, { priority: 9 }, { description: "x" }] as const) {
      await refuses(() => control.updateItem(b, patch, by));
      await refuses(() =>
        control.updateItems(
          [
            { id: a, priority: 5 },
            { id: b, ...patch },
          ],
          by,
        ),
      );
    }
  });

  test("a label, a config and a secret of a managed item cannot be changed, but its keys can", async () => {
    const [one, two] = [key("one"), key("two")];
    const plugbay = await home.open(plugins, { keys: one });
    const place = { module: "apps/vault", name: "vault", label: "eu" };
    await plugbay.control.import(file({ ...place, managed: "file", config: { token: "t" } }), by);
    const id = idOf(plugbay, "vault");
    const before = await home.rows();
    for (const patch of [{ label: "us" }, { config: { token: "other" } }, { config: { token: "t" } }]) {
      await expect(plugbay.control.updateItem(id, patch, by)).rejects.toThrow(ManagedByFileError);
    }
    expect(await home.rows()).toEqual(before);

    const rotating = await home.open(plugins, { keys: `${two},${one}` });
    expect(await rotating.control.rotateKeys(by)).toMatchObject({ done: 1, unreadable: [] });
    expect((await home.open(plugins, { keys: two })).getById(greeting, id)?.greet()).toBe("t");
    const copy = await rotating.control.duplicateItem(id, { label: "us" }, by);
    expect(copy.managed).toBeNull();
  });

  test("a bulk action with a managed item among its items is refused as a whole", async () => {
    const plugbay = await withBobManaged();
    const ids = ["alice", "bob", "carol"].map((name) => idOf(plugbay, name));
    for (const action of ["activate", "reserve", "disable", "raise", "lower"] as const) {
      await refuses(() => plugbay.control.bulk(ids, action, by));
    }
  });

  test("others are ordered around a managed item, which keeps its priority", async () => {
    const plugbay = await withBobManaged();
    const [a, b, c] = ["alice", "bob", "carol"].map((name) => idOf(plugbay, name)) as [
      string,
      string,
      string,
    ];
    const order = () => plugbay.items(greeting).map(({ name, priority }) => [name, priority]);
    await plugbay.control.reorder([b, a, c], by);
    expect(order()).toEqual([
      ["bob", 2],
      ["alice", 3],
      ["carol", 3],
    ]);
    await plugbay.control.reorder([c, a, b], by);
    expect(order()).toEqual([
      ["carol", -18],
      ["alice", -8],
      ["bob", 2],
    ]);
    await refuses(() => plugbay.control.reorder([a, b, c], { ...by, status: "reserve" }));
  });

  test("an order that has no room beside managed items is refused", async () => {
    const plugbay = await home.open(plugins);
    const places = ["alice", "bob"].map((name) => ({
      ...{ module: "apps/greeters", name, priority: 1, managed: "file" },
    }));
    await plugbay.control.import(file(...places), by);
    const [a, b, c] = ["alice", "bob", "carol"].map((name) => idOf(plugbay, name)) as [
      string,
      string,
      string,
    ];
    const before = await home.rows();
    for (const order of [
      [a, c, b],
      [b, a, c],
    ]) {
      await expect(plugbay.control.reorder(order, by)).rejects.toThrow(ManagedByFileError);
    }
    expect(await home.rows()).toEqual(before);
    await plugbay.control.reorder([c, a, b], by);
    expect(plugbay.items(greeting).map(({ name }) => name)).toEqual(["carol", "alice", "bob"]);
  });

  test("what was changed before the file managed it is not reverted, but a retirement is", async () => {
    const plugbay = await home.open(plugins);
    const id = idOf(plugbay, "bob");
    await plugbay.control.updateItem(id, { priority: 7 }, by);
    const [change] = await plugbay.control.history({ limit: 1 });
    if (change === undefined) return expect.unreachable();
    expect(plugbay.control.isRevertible(change)).toBe(true);
    await plugbay.control.import(file({ ...bobsPlace, managed: "file" }), by);
    expect(plugbay.control.isRevertible(change)).toBe(false);
    await refuses(() => plugbay.control.revert(change, by));

    await plugbay.control.retire([id], by);
    const [retirement] = await plugbay.control.history({ limit: 1 });
    if (retirement === undefined) return expect.unreachable();
    expect(plugbay.control.isRevertible(retirement)).toBe(true);
    await plugbay.control.revert(retirement, by);
    expect(await home.item("bob")).toMatchObject({ retiredAt: null, managed: "file" });
  });

  test("a managed item can be taken out of use, and purged", async () => {
    const plugbay = await withBobManaged();
    const ids = [idOf(plugbay, "bob")];
    expect(await plugbay.control.retire(ids, by)).toMatchObject({ changed: 1 });
    expect(await plugbay.control.restore(ids, by)).toMatchObject({ changed: 1 });
    await plugbay.control.retire(ids, by);
    expect((await plugbay.control.purge({ ...by, ids })).items).toHaveLength(1);
    expect((await home.rows()).items.map(({ name }) => name)).not.toContain("bob");
  });

  test("a released item is an operator's again, and keeps what it has", async () => {
    const plugbay = await withBobManaged();
    const id = idOf(plugbay, "bob");
    const { version, ...before } = await plugbay.control.getItem(id);
    expect(await plugbay.control.unmanage([id], by)).toMatchObject({ changed: 1 });
    expect(await plugbay.control.unmanage([id], by)).toMatchObject({ changed: 0 });
    expect(await plugbay.control.getItem(id)).toMatchObject({
      ...{ status: before.status, priority: before.priority, managed: null, version: version + 1 },
    });
    expect(await plugbay.control.updateItem(id, { priority: 8 }, by)).toMatchObject({ priority: 8 });
    const reader = plugbay.control.limitedTo({ access: "read" });
    await expect(reader.unmanage([id], by)).rejects.toThrow(/not allowed/);
  });

  test("a sync in update mode refreshes others and leaves managed items alone", async () => {
    await withBobManaged();
    const details = { priority: 40, description: "from code" };
    const code = [
      greeting,
      greeter(greeting, "alice", details),
      greeter(greeting, "bob", details),
      carol,
      vault,
    ];
    await home.open(code, { sync: "update" });
    expect(await home.item("alice")).toMatchObject(details);
    expect(await home.item("bob")).toMatchObject({ priority: 2, description: "", managed: "file" });
  });

  test("a row marked by hand is noticed, as are all rows that were edited by hand", async () => {
    const plugbay = await home.open(plugins, { pollIntervalMs: 5 });
    const db = await home.kysely();
    const id = idOf(plugbay, "bob");
    await db.updateTable("plugbay_item").set({ managed: "file" }).where("id", "=", id).execute();
    await expect(plugbay.control.updateItem(id, { priority: 8 }, by)).rejects.toThrow(ManagedByFileError);
  });

  test("processes that do not know the mark write beside it, and leave it", async () => {
    const plugbay = await withBobManaged();
    const db = await home.kysely();
    const row = await db
      .selectFrom("plugbay_item")
      .selectAll()
      .where("id", "=", idOf(plugbay, "bob"))
      .executeTakeFirstOrThrow();
    const { managed: _, ...known } = row;
    const added = { ...known, id: "11111111-1111-4111-8111-111111111111", label: "new", revision: 0 };
    await db.insertInto("plugbay_item").values(added).execute();
    const stored = (await home.rows()).items.filter(({ name }) => name === "bob");
    expect(stored.map(({ label, managed }) => [label, managed]).sort()).toEqual([
      ["", "file"],
      ["new", null],
    ]);
  });
});
