import { type AuditEntry, InvalidOptionError, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob, carol];

onEveryDatabase((home) => {
  const latest = async (plugbay: Plugbay) => (await plugbay.control.history({ limit: 1 }))[0];
  const ids = (plugbay: Plugbay) => ["alice", "bob", "carol"].map((name) => idOf(plugbay, name));

  test("the first sync is in the history as the creation of every row, by whom it was told", async () => {
    const plugbay = await home.open([greeting, alice], { actor: "deployment 7" });
    const { id, typeId } = await home.item("alice");
    const common = {
      revision: 1,
      action: "create",
      source: "sync",
      actor: "deployment 7",
      before: null,
      typeId,
    };
    expect(await plugbay.control.history()).toMatchObject([
      {
        ...common,
        position: 1,
        entity: "item",
        entityId: id,
        after: { module: "apps/greeters", name: "alice", status: "active", priority: 1 },
      },
      {
        ...common,
        position: 0,
        entity: "type",
        entityId: typeId,
        after: { manager: "apps/greeting", name: "greeting", description: "" },
      },
    ]);
  });

  test("a sync by nobody in particular has no actor", async () => {
    const plugbay = await home.open([greeting]);
    expect(await latest(plugbay)).toMatchObject({ actor: null, source: "sync" });
  });

  test("a change is kept with who made it, from where, when, and only the fields that differ", async () => {
    const plugbay = await home.open(plugins);
    const id = idOf(plugbay, "alice");
    const start = Date.now();
    await plugbay.control.updateItem(
      id,
      { status: "reserve", priority: 1, description: 'it\'s \\ "quoted" 100%' },
      { actor: "Zoë 🙂 <zoe@example.org>", source: "admin" },
    );
    const entry = await latest(plugbay);
    expect(entry).toEqual({
      revision: 2,
      position: 0,
      entity: "item",
      entityId: id,
      typeId: (await home.type("greeting")).id,
      action: "update",
      actor: "Zoë 🙂 <zoe@example.org>",
      source: "admin",
      before: { status: "active", description: "" },
      after: { status: "reserve", description: 'it\'s \\ "quoted" 100%' },
      reason: null,
      at: (await home.item("alice")).updatedAt,
    });
    expect(Date.parse(entry?.at ?? "")).toBeGreaterThanOrEqual(start);
    expect(Date.parse(entry?.at ?? "")).toBeLessThanOrEqual(Date.now());
  });

  test("every write raises the revision by one and has an entry for each changed row at that revision", async () => {
    const plugbay = await home.open(plugins);
    const { control } = plugbay;
    const [first = "", second = "", third = ""] = ids(plugbay);
    const by = { actor: "operator" };
    const all = [first, second, third];
    const writes: [name: string, action: string, rows: number, write: () => Promise<unknown>][] = [
      ["updateItem", "update", 1, () => control.updateItem(first, { priority: 10 }, by)],
      ["bulk disable", "update", 3, () => control.bulk(all, "disable", by)],
      ["bulk activate", "update", 2, () => control.bulk([first, second], "activate", by)],
      ["bulk reserve", "update", 2, () => control.bulk([first, second], "reserve", by)],
      ["bulk raise", "update", 3, () => control.bulk(all, "raise", by)],
      ["bulk lower", "update", 3, () => control.bulk(all, "lower", by)],
      ["reorder", "update", 1, () => control.reorder([third, first, second], by)],
      ["retire", "retire", 2, () => control.retire([first, second], by)],
      ["restore", "restore", 1, () => control.restore([second], by)],
      ["purge", "purge", 1, () => control.purge({ ...by, olderThanMs: 0 })],
      ["sync", "create", 1, () => plugbay.sync()],
    ];
    for (const [name, action, rows, write] of writes) {
      const before = await home.rows();
      await write();
      const after = await home.rows();
      expect(after.revision, name).toBe(before.revision + 1);

      const entries = (await control.history()).filter(({ revision }) => revision === after.revision);
      expect(
        entries.map((entry) => entry.action),
        name,
      ).toEqual(Array(rows).fill(action));
      const changed = after.items.filter(({ revision }) => revision === after.revision);
      const gone = before.items.filter(({ id }) => !after.items.some((row) => row.id === id));
      expect(entries.map(({ entityId }) => entityId).sort(), name).toEqual(
        [...changed, ...gone].map(({ id }) => id).sort(),
      );
    }
  });

  test("the history can be asked by item, type, actor, source and time", async () => {
    const plugbay = await home.open(plugins);
    const [first = "", second = ""] = ids(plugbay);
    await plugbay.control.updateItem(first, { priority: 7 }, { actor: "ann", source: "cli" });
    await plugbay.control.updateItem(second, { priority: 8 }, { actor: "Ann", source: "admin" });
    await plugbay.control.updateItem(first, { priority: 9 }, { actor: "ben" });
    const revisions = async (query: Parameters<Plugbay["control"]["history"]>[0]) =>
      (await plugbay.control.history(query)).map(({ revision }) => revision);
    const { id: typeId } = await home.type("greeting");

    expect(await revisions({ entityId: first })).toEqual([4, 2, 1]);
    expect(await revisions({ entityId: typeId })).toEqual([1]);
    expect(await revisions({ typeId })).toEqual([4, 3, 2, 1, 1, 1, 1]);
    expect(await revisions({ source: "admin" })).toEqual([3]);
    expect(await revisions({ source: "sync", entityId: second })).toEqual([1]);
    expect(await revisions({ actor: "nobody" })).toEqual([]);
    expect(await revisions({ actor: "ann" })).toEqual([3, 2]);
    expect(await revisions({ actor: "EN" })).toEqual([4]);
    for (const actor of ["%", "_nn", "a%n", "!"]) expect(await revisions({ actor })).toEqual([]);
    const [{ at } = { at: "" }] = await plugbay.control.history({ entityId: first, limit: 1 });
    expect(await revisions({ since: at, entityId: first })).toContain(4);
    expect(await revisions({ until: at, entityId: first })).not.toContain(4);
    expect(await revisions({ since: "2999-01-01T00:00:00.000Z" })).toEqual([]);
    expect(await revisions({ until: "2000-01-01T00:00:00.000Z" })).toEqual([]);
  });

  test("pages of the history join without a gap or an overlap, within a revision too", async () => {
    const people = Array.from({ length: 10 }, (_, index) => greeter(greeting, `person ${index}`));
    const plugbay = await home.open([greeting, people]);
    const everyone = plugbay.items(greeting).map(({ id }) => id);
    await plugbay.control.bulk(everyone, "lower", { actor: "operator" });
    const whole = await plugbay.control.history();
    expect(whole).toHaveLength(21);

    const paged: AuditEntry[] = [];
    while (paged.length < whole.length) {
      const before = paged.at(-1);
      const page = await plugbay.control.history({ limit: 4, ...(before && { before }) });
      expect(page).toHaveLength(Math.min(4, whole.length - paged.length));
      paged.push(...page);
    }
    expect(paged).toEqual(whole);
    const order = whole.map(({ revision, position }) => revision * 1_000 + position);
    expect(order).toEqual(order.toSorted((one, other) => other - one));
  });

  test.each([0, -1, 1.5, Number.NaN, 1_001, Number.POSITIVE_INFINITY])(
    "a history of %d entries is refused",
    async (limit) => {
      const plugbay = await home.open(plugins);
      await expect(plugbay.control.history({ limit })).rejects.toThrow(InvalidOptionError);
    },
  );
});
