import { ConflictError, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { ManualClock } from "../runtime/manual-clock.ts";
import { alice, bob, carol, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "ann" };
const plugins = [greeting, alice, bob, carol];
const hour = 3_600_000;

onEveryDatabase((home) => {
  async function open(): Promise<{ plugbay: Plugbay; clock: ManualClock; id: string; other: string }> {
    const clock = new ManualClock();
    const plugbay = await home.open(plugins, { clock });
    return { plugbay, clock, id: idOf(plugbay, "carol"), other: idOf(plugbay, "bob") };
  }
  const latest = async (plugbay: Plugbay) => {
    const [entry] = await plugbay.control.history({ limit: 1 });
    if (entry === undefined) throw new Error("the history is empty");
    return entry;
  };
  const order = (plugbay: Plugbay) => plugbay.items(greeting).map(({ name }) => name);

  test("a lead is stored with who, since and until, and is over by the clock alone, in two processes", async () => {
    const { plugbay, clock, id } = await open();
    const second = await home.open(plugins, { clock });
    const before = order(plugbay);
    const until = clock.now() + hour;
    await plugbay.control.serveNow(id, { until: new Date(until), ...by });
    const since = new Date(clock.now()).toISOString();
    const lead = { until: new Date(until).toISOString(), by: "ann", since };
    expect(await home.item("carol")).toMatchObject({ status: "active", lead });
    expect((await home.item("bob")).lead).toBeNull();
    expect(await latest(plugbay)).toMatchObject({
      ...{ action: "lead", actor: "ann", before: { lead: null }, after: { lead } },
    });
    await second.refresh();
    for (const process of [plugbay, second]) expect(order(process)[0]).toBe("carol");
    expect((await second.control.getItem(id)).lead).toEqual(lead);
    await clock.advance(hour);
    for (const process of [plugbay, second]) expect(order(process)).toEqual(before);
    await second.refresh();
    expect(order(second)).toEqual(before);
    expect((await second.control.getItem(id)).lead).toBeUndefined();
    // Nobody wrote that down.
    expect((await home.item("carol")).lead).toEqual(lead);
  });

  test("a lead that is given again keeps since when it has been, and one of another item ends it", async () => {
    const { plugbay, clock, id, other } = await open();
    const { control } = plugbay;
    await control.serveNow(id, { forMs: hour, ...by });
    const since = (await home.item("carol")).lead?.since;
    await clock.advance(1_000);
    await control.serveNow(id, { forMs: hour, actor: "eve" });
    expect((await home.item("carol")).lead).toMatchObject({ since, by: "eve" });
    expect(await control.serveNow(other, { forMs: hour, ...by })).toMatchObject({ changed: 2 });
    expect((await home.item("carol")).lead).toBeNull();
    expect(order(plugbay)[0]).toBe("bob");
    const told = await control.history({ limit: 2 });
    expect(told.map(({ action }) => action)).toEqual(["end-lead", "lead"]);
  });

  test("to serve for good ends the lead of whatever leads", async () => {
    const { plugbay, id, other } = await open();
    await plugbay.control.serveNow(id, { forMs: hour, ...by });
    await plugbay.control.serveNow(other, by);
    expect(order(plugbay)[0]).toBe("bob");
    expect((await home.item("carol")).lead).toBeNull();
    await plugbay.control.serveNow(other, { forMs: hour, ...by });
    await plugbay.control.serveNow(other, by);
    expect((await home.item("bob")).lead).toBeNull();
    expect(order(plugbay)[0]).toBe("bob");
  });

  test("a lead is ended before its time, once", async () => {
    const { plugbay, id } = await open();
    const { control } = plugbay;
    await control.serveNow(id, { forMs: hour, ...by });
    await expect(control.endLead(id, { ...by, version: 1 })).rejects.toThrow(ConflictError);
    const ended = await control.endLead(id, { ...by, version: 2 });
    expect(ended).toMatchObject({ id, version: 3 });
    expect(ended.lead).toBeUndefined();
    expect(await latest(plugbay)).toMatchObject({ action: "end-lead", after: { lead: null } });
    expect(await control.endLead(id, by)).toMatchObject({ version: 3 });
  });

  test("to disable it, or to retire it, ends its lead, and other changes do not", async () => {
    const { plugbay, id } = await open();
    const { control } = plugbay;
    const lead = async () => (await home.item("carol")).lead;
    const again = () => control.serveNow(id, { forMs: hour, ...by });
    await again();
    await control.updateItem(id, { priority: 9, status: "reserve" }, by);
    await control.hold(id, { reason: "r" }, by);
    await control.release(id, by);
    await plugbay.sync({ mode: "update", prune: true });
    const file = await control.exportItems();
    expect(JSON.stringify(file)).not.toContain("lead");
    await control.import(file, by);
    expect(await lead()).not.toBeNull();
    await control.updateItem(id, { status: "disable" }, by);
    expect(await lead()).toBeNull();
    // Its status says so already.
    for (const disable of [
      () => control.updateItem(id, { status: "disable" }, by),
      () => control.bulk([id], "disable", by),
    ]) {
      await again();
      expect(order(plugbay)[0]).toBe("carol");
      await disable();
      expect(await lead()).toBeNull();
      expect(order(plugbay)[0]).not.toBe("carol");
    }
    await again();
    await control.reorder([id], { status: "disable", ...by });
    expect(await lead()).not.toBeNull();
    await control.reorder([id], { status: "reserve", ...by });
    await control.reorder([id], { status: "disable", ...by });
    expect(await lead()).toBeNull();
    await again();
    await control.retire([id], by);
    expect(await lead()).toBeNull();
    await expect(again()).rejects.toThrow(/is retired; restore it first/);
    const entry = await latest(plugbay);
    await control.revert(entry, by);
    expect(await home.item("carol")).toMatchObject({ retiredAt: null, lead: { by: "ann" } });
  });

  test("a revert gives no second lead, and moves one back with what moved it", async () => {
    const { plugbay, id, other } = await open();
    const { control } = plugbay;
    await control.serveNow(id, { forMs: hour, ...by });
    await control.endLead(id, by);
    const ended = await latest(plugbay);
    await control.serveNow(other, { forMs: hour, ...by });
    const given = await latest(plugbay);
    await expect(control.revert(ended, by)).rejects.toThrow(/bob.* is first for a while; end that before/);
    await expect(control.planRevert(ended)).rejects.toThrow(ConflictError);
    expect((await home.item("carol")).lead).toBeNull();
    await control.revert(given, by);
    await control.revert(ended, by);
    expect((await home.item("carol")).lead).toMatchObject({ by: "ann" });

    const { revision } = await control.serveNow(other, { forMs: hour, ...by });
    expect((await home.item("carol")).lead).toBeNull();
    await control.revertAll(revision, by);
    expect(order(plugbay)[0]).toBe("carol");
    expect((await home.item("bob")).lead).toBeNull();

    const updates = [{ id, status: "disable" } as const, { id: other, priority: 99 }];
    const { revision: disabling } = await control.updateItems(updates, by);
    await control.serveNow(other, { forMs: hour, ...by });
    await expect(control.revertAll(disabling, by)).rejects.toThrow(/bob.* is first for a while/);
  });

  test("inside a transaction of the application a lead counts when that commits", async () => {
    const db = await home.kysely();
    const plugbay = await home.open(plugins, { database: db });
    const id = idOf(plugbay, "carol");
    const before = order(plugbay);
    await db.transaction().execute(async (transaction) => {
      const control = plugbay.control.in(transaction);
      expect(await control.serveNow(id, { forMs: hour, ...by })).toMatchObject({ changed: 1 });
      expect((await control.endLead(id, by)).lead).toBeUndefined();
      await control.serveNow(id, { forMs: hour, ...by });
      expect(order(plugbay)).toEqual(before);
    });
    await plugbay.refresh();
    expect(order(plugbay)[0]).toBe("carol");
    expect((await home.item("carol")).lead).toMatchObject({ by: "ann" });
  });

  test("an item that a file manages may lead, and is not put first for good", async () => {
    const { plugbay, id } = await open();
    const { control } = plugbay;
    await control.import(await control.exportItems(), { ...by, managed: true });
    await expect(control.serveNow(id, by)).rejects.toMatchObject({ code: "MANAGED_BY_FILE" });
    await control.serveNow(id, { forMs: hour, ...by });
    const file = await control.exportItems();
    await control.import(file, { ...by, managed: true });
    expect(order(plugbay)[0]).toBe("carol");
    await control.endLead(id, by);
    expect(order(plugbay)[0]).not.toBe("carol");
  });

  test("leads and their ends are reverted, together with what they ended", async () => {
    const { plugbay, clock, id, other } = await open();
    const { control } = plugbay;
    await control.serveNow(other, { forMs: hour, ...by });
    const { revision } = await control.serveNow(id, { forMs: hour, ...by });
    await control.revertAll(revision, by);
    expect(order(plugbay)[0]).toBe("bob");
    expect((await home.item("carol")).lead).toBeNull();
    await control.endLead(other, by);
    const ending = await latest(plugbay);
    expect(control.isRevertible(ending)).toBe(true);
    await control.revert(ending, by);
    expect(await latest(plugbay)).toMatchObject({ action: "lead" });
    expect(order(plugbay)[0]).toBe("bob");
    await control.revert(await latest(plugbay), by);
    expect(await latest(plugbay)).toMatchObject({ action: "end-lead" });
    await clock.advance(hour);
    expect(await control.revert(ending, by)).toMatchObject({ changed: 0 });
  });

  test.each([
    ["no time", { until: "tomorrow" }],
    ["a time that is past", { until: 1 }],
    ["nothing", { forMs: 0 }],
    ["more than a year", { forMs: 400 * 24 * hour }],
    ["both", { forMs: 1, until: new Date("2100-01-01") }],
  ])("%s is refused, and nothing is written", async (_, end) => {
    const { plugbay, id } = await open();
    await expect(plugbay.control.serveNow(id, { ...end, ...by } as never)).rejects.toMatchObject({
      kind: "invalid",
    });
    expect(await home.item("carol")).toMatchObject({ version: 1, lead: null });
  });

  test("under one key it is done once, also when the time of its end is past", async () => {
    const { plugbay, clock, id } = await open();
    const until = clock.now() + hour;
    const first = await plugbay.control.serveNow(id, { until, ...by, key: "k" });
    await clock.advance(2 * hour);
    expect(await plugbay.control.serveNow(id, { until, ...by, key: "k" })).toEqual(first);
  });

  test("who may only read, ends no lead", async () => {
    const { plugbay, id } = await open();
    await plugbay.control.serveNow(id, { forMs: hour, ...by });
    const reader = plugbay.control.limitedTo({ access: "read" });
    await expect(reader.endLead(id, by)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(reader.serveNow(id, { forMs: 1, ...by })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a preview says what a lead would do, and its end", async () => {
    const { plugbay, id } = await open();
    const { control } = plugbay;
    const first = order(plugbay)[0];
    const until = Date.now() + 100 * 365 * 24 * hour;
    await expect(control.preview({ first: id, until })).rejects.toMatchObject({ kind: "invalid" });
    const leading = await control.preview({ first: id, forMs: hour });
    expect(leading).toMatchObject({
      changed: 1,
      types: [{ effect: "switched", before: { name: first }, after: { name: "carol" } }],
    });
    await control.serveNow(id, { forMs: hour, ...by });
    expect(await control.preview({ items: [id], action: "end-lead" })).toMatchObject({
      types: [{ effect: "switched", before: { name: "carol" }, after: { name: first } }],
    });
  });
});
