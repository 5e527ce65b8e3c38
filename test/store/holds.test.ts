import { ConflictError, InvalidOptionError, ItemNotFoundError, KeyReusedError, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { ManualClock } from "../runtime/manual-clock.ts";
import { alice, bob, carol, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "ann" };
const plugins = [greeting, alice, bob, carol];
const minute = 60_000;

onEveryDatabase((home) => {
  async function open(): Promise<{ plugbay: Plugbay; clock: ManualClock; id: string }> {
    const clock = new ManualClock();
    const plugbay = await home.open(plugins, { clock });
    return { plugbay, clock, id: idOf(plugbay, "alice") };
  }
  const latest = async (plugbay: Plugbay) => {
    const [entry] = await plugbay.control.history({ limit: 1 });
    if (entry === undefined) throw new Error("the history is empty");
    return entry;
  };

  test("a hold is stored with who, why, since and until, and told in the history", async () => {
    const { plugbay, clock, id } = await open();
    const { version } = await home.item("alice");
    const until = clock.now() + 15 * minute;
    const reason = `"down" \\ 'for' \u{1f6e0} maintenance`;
    const held = await plugbay.control.hold(id, { reason, until: new Date(until) }, by);
    const hold = {
      reason,
      until: new Date(until).toISOString(),
      by: "ann",
      since: new Date(clock.now()).toISOString(),
    };
    expect(held).toMatchObject({ id, status: "active", version: version + 1, hold });
    expect((await home.item("alice")).hold).toEqual(hold);
    expect((await home.item("bob")).hold).toBeNull();
    expect(await latest(plugbay)).toMatchObject({
      action: "hold",
      actor: "ann",
      before: { hold: null },
      after: { hold },
    });
    const other = await home.open(plugins, { clock });
    expect((await other.control.getItem(id)).hold).toEqual(hold);

    const released = await plugbay.control.release(id, { actor: "eve" });
    expect(released.hold).toBeUndefined();
    expect((await home.item("alice")).hold).toBeNull();
    expect(await latest(plugbay)).toMatchObject({
      action: "release",
      actor: "eve",
      before: { hold },
      after: { hold: null },
    });
  });

  test("a hold of a held item takes its place, and says since when it has been held", async () => {
    const { plugbay, clock, id } = await open();
    await plugbay.control.hold(id, { reason: "first" }, by);
    const since = new Date(clock.now()).toISOString();
    await clock.advance(minute);
    await plugbay.control.hold(id, { reason: "second" }, { actor: "eve" });
    expect((await home.item("alice")).hold).toEqual({ reason: "second", by: "eve", since });
    const { revision } = await home.rows();
    await plugbay.control.hold(id, { reason: "second" }, { actor: "eve" });
    expect((await home.rows()).revision).toBe(revision);
  });

  test("nothing is released that is not held, or whose hold is over", async () => {
    const { plugbay, clock, id } = await open();
    const before = await home.rows();
    expect((await plugbay.control.release(id, by)).version).toBe(1);
    expect(await home.rows()).toEqual(before);
    await plugbay.control.hold(id, { reason: "short", until: clock.now() + minute }, by);
    const held = await home.rows();
    await clock.advance(minute);
    expect((await plugbay.control.release(id, by)).hold).toBeUndefined();
    expect(await home.rows()).toEqual(held);
    const since = new Date(clock.now()).toISOString();
    expect((await plugbay.control.hold(id, { reason: "again" }, by)).hold?.since).toBe(since);
  });

  test.each([
    ["an empty reason", { reason: " " }],
    ["no reason", {}],
    ["a reason that is too long", { reason: "x".repeat(501) }],
    ["a time that is past", { reason: "r", until: Date.UTC(2030, 0) }],
    ["a time that is too far ahead", { reason: "r", until: Date.UTC(2031, 0, 3) }],
    ["no time", { reason: "r", until: new Date(Number.NaN) }],
    ["a time as text", { reason: "r", until: "2030-01-02" }],
    ["an option that there is not", { reason: "r", for: 5 }],
  ])("%s is refused, and nothing is written", async (_, hold) => {
    const { plugbay, id } = await open();
    const before = await home.rows();
    await expect(plugbay.control.hold(id, hold as never, by)).rejects.toMatchObject({ kind: "invalid" });
    expect(await home.rows()).toEqual(before);
  });

  test("500 characters of any kind, and a year, are taken", async () => {
    const { plugbay, clock, id } = await open();
    const reason = "\u{1f6e0}".repeat(500);
    await plugbay.control.hold(id, { reason, until: clock.now() + 366 * 86_400_000 }, by);
    expect((await home.item("alice")).hold?.reason).toBe(reason);
  });

  test("a version that the item no longer has is a conflict, for both", async () => {
    const { plugbay, id } = await open();
    const { control } = plugbay;
    await control.hold(id, { reason: "one" }, { ...by, version: 1 });
    await expect(control.hold(id, { reason: "two" }, { ...by, version: 1 })).rejects.toThrow(ConflictError);
    await expect(control.release(id, { ...by, version: 1 })).rejects.toThrow(ConflictError);
    await expect(control.release(id, { ...by, version: 1.5 })).rejects.toThrow(InvalidOptionError);
    expect((await home.item("alice")).hold?.reason).toBe("one");
    await control.release(id, { ...by, version: 2 });
    expect((await home.item("alice")).hold).toBeNull();
  });

  test("under one key it is done once, also when the time of its end is past", async () => {
    const { plugbay, clock, id } = await open();
    const until = clock.now() + minute;
    await plugbay.control.hold(id, { reason: "r", until }, { ...by, key: "k" });
    const { revision } = await home.rows();
    await clock.advance(2 * minute);
    await plugbay.control.hold(id, { reason: "r", until }, { ...by, key: "k" });
    expect((await home.rows()).revision).toBe(revision);
    const other = plugbay.control.hold(id, { reason: "other" }, { ...by, key: "k" });
    await expect(other).rejects.toThrow(KeyReusedError);
  });

  test("a retired item cannot be held, and one that is held keeps its hold while it is retired", async () => {
    const { plugbay, id } = await open();
    const { control } = plugbay;
    await control.hold(id, { reason: "r" }, by);
    await control.retire([id], by);
    expect(await home.item("alice")).toMatchObject({ hold: { reason: "r" }, retiredBy: "operator" });
    await expect(control.hold(id, { reason: "s" }, by)).rejects.toThrow(/is retired.*restore it/);
    await control.restore([id], by);
    expect((await home.item("alice")).hold?.reason).toBe("r");
  });

  test("an item that is not there is not found, and who may only read is refused", async () => {
    const { plugbay, id } = await open();
    const nobody = "00000000-0000-4000-8000-000000000000";
    await expect(plugbay.control.hold(nobody, { reason: "r" }, by)).rejects.toThrow(ItemNotFoundError);
    await expect(plugbay.control.release(nobody, by)).rejects.toThrow(ItemNotFoundError);
    const reader = plugbay.control.limitedTo({ access: "read" });
    await expect(reader.hold(id, { reason: "r" }, by)).rejects.toThrow(/not allowed/);
    await expect(reader.release(id, by)).rejects.toThrow(/not allowed/);
  });

  test("other changes, a sync, an export and an import leave a hold as it is", async () => {
    const { plugbay, id } = await open();
    const { control } = plugbay;
    await control.hold(id, { reason: "r" }, by);
    await control.updateItem(id, { priority: 9 }, by);
    await control.bulk([id], "lower", by);
    await plugbay.sync({ mode: "update", prune: true });
    const file = await control.exportItems();
    expect(JSON.stringify(file)).not.toContain("hold");
    await control.import(file, { ...by, managed: true });
    expect(await home.item("alice")).toMatchObject({ managed: "file", hold: { reason: "r" } });
    await control.release(id, by);
    await control.hold(id, { reason: "of a managed item" }, by);
    expect((await home.item("alice")).hold?.reason).toBe("of a managed item");
  });

  test("holds and releases are reverted, unless the hold was changed since", async () => {
    const { plugbay, clock, id } = await open();
    const { control } = plugbay;
    await control.hold(id, { reason: "r", until: clock.now() + minute }, by);
    const holding = await latest(plugbay);
    expect(control.isRevertible(holding)).toBe(true);
    await control.revert(holding, by);
    expect((await home.item("alice")).hold).toBeNull();
    const undoing = await latest(plugbay);
    expect(undoing).toMatchObject({ action: "release", after: { hold: null } });
    expect(control.isRevertible(holding)).toBe(false);
    await expect(control.revert(holding, by)).rejects.toThrow(/changed again since, in its hold/);
    await control.revert(undoing, by);
    expect((await home.item("alice")).hold).toEqual(holding.after?.hold);
    await control.revert(await latest(plugbay), by);
    await clock.advance(minute);
    expect(await control.revert(undoing, by)).toMatchObject({ changed: 0 });
    expect((await home.item("alice")).hold).toBeNull();
  });

  test("inside a transaction of the application a hold counts when that commits", async () => {
    const db = await home.kysely();
    const plugbay = await home.open(plugins, { database: db });
    const id = idOf(plugbay, "alice");
    await db.transaction().execute(async (transaction) => {
      const control = plugbay.control.in(transaction);
      expect((await control.hold(id, { reason: "r" }, by)).hold).toMatchObject({ reason: "r", by: "ann" });
      expect((await control.release(id, by)).hold).toBeUndefined();
      await control.hold(id, { reason: "s" }, by);
    });
    await plugbay.refresh();
    expect((await plugbay.control.getItem(id)).hold).toMatchObject({ reason: "s" });
  });
});
