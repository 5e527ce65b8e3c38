import { randomUUID } from "node:crypto";
import { definePlugin, definePluginType, type OpenOptions, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import type { TrafficNote } from "../../src/store/traffic-row.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { greeter, greeterType } from "./definitions.ts";
import { onEveryDatabase } from "./test-database.ts";

interface Sender {
  send(): Promise<string>;
}

const type = definePluginType<Sender>({
  ...{ name: "sender", manager: "apps/send", methods: { send: "required" } },
  policy: { circuit: false },
});
const of = (name: string, priority: number, send: () => Promise<string>) =>
  definePlugin(type, { name, module: "apps/send", priority, create: () => ({ send }) });
const broken = of("broken", 1, async () => {
  throw Object.assign(new Error("HTTP 503"), { status: 503 });
});
const good = of("good", 2, async () => "sent");

const hour = 3_600_000;
const minute = 60_000;

onEveryDatabase((home) => {
  const send = (plugbay: Plugbay): Promise<string> => plugbay.run(type, (sender) => sender.send());
  const idOf = (plugbay: Plugbay, name: string): string =>
    plugbay.items(type).find((item) => item.name === name)?.id ?? "";
  const typeIdOf = (plugbay: Plugbay): string => plugbay.items(type)[0]?.typeId ?? "";

  async function join(options: Partial<OpenOptions> = {}): Promise<{ plugbay: Plugbay; clock: ManualClock }> {
    const clock = new ManualClock();
    const plugbay = await home.open([type, broken, good], { clock, ...options });
    return { plugbay, clock };
  }

  /** Lets the next flush come, and its answer. */
  async function flush(clock: ManualClock): Promise<void> {
    await clock.advance(10_000);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }

  async function rowsHere() {
    const db = await home.kysely();
    return db
      .selectFrom("plugbay_traffic")
      .selectAll()
      .where("namespace", "=", home.namespace)
      .where("unit", "!=", "turn")
      .execute() as Promise<Record<string, unknown>[]>;
  }

  test("calls of several processes add up, by item, with those that another item rescued", async () => {
    const one = await join();
    const other = await join();
    for (const { plugbay } of [one, one, other]) await send(plugbay);
    await flush(one.clock);
    await flush(other.clock);

    const { plugbay } = other;
    const { total, items, calls, p50 } = await plugbay.control.traffic({ typeId: typeIdOf(plugbay) });
    expect(total).toMatchObject({ calls: 6, failures: 3, rescued: 3, outcomes: { retryable: 3 }, p50: 0.5 });
    expect(
      items.map(({ itemId, total: { calls, failures, rescued } }) => [itemId, calls, failures, rescued]),
    ).toEqual(
      expect.arrayContaining([
        [idOf(plugbay, "broken"), 3, 3, 3],
        [idOf(plugbay, "good"), 3, 0, 0],
      ]),
    );
    expect(calls).toHaveLength(60);
    expect(calls.at(-1)).toBe(6);
    expect(p50.at(-1)).toBe(0.5);
    expect(p50.at(-2)).toBe(null);
    const { items: ofDays, total: days } = await plugbay.control.traffic({
      ...{ typeId: typeIdOf(plugbay), range: "14d" },
    });
    expect(days).toEqual(total);
    expect(ofDays[0]?.calls).toHaveLength(336);

    const recent = await plugbay.control.recentTraffic({
      typeIds: [typeIdOf(plugbay)],
      itemIds: [idOf(plugbay, "broken"), randomUUID()],
    });
    expect([...recent.subjects.keys()].sort()).toEqual([typeIdOf(plugbay), idOf(plugbay, "broken")].sort());
    expect(recent.subjects.get(idOf(plugbay, "broken"))).toMatchObject({ calls: 3, failures: 3, rescued: 3 });
    const overview = await plugbay.control.trafficOverview();
    expect(overview.total.calls).toBe(6);
    expect(overview.troubled).toEqual([{ typeId: typeIdOf(plugbay), calls: 6, failures: 3, rescued: 3 }]);
  });

  test("what is written twice counts once, and nothing is written where nothing was called", async () => {
    const { plugbay, clock } = await join();
    await send(plugbay);
    await flush(clock);
    const before = await rowsHere();
    await flush(clock);
    expect(await rowsHere()).toEqual(before);
    await send(plugbay);
    await flush(clock);
    const sums = (await rowsHere()).filter((row) => row.item_id === idOf(plugbay, "good"));
    expect(sums.map((row) => [row.unit, Number(row.calls)]).sort()).toEqual([
      ["minute", 2],
      ["part", 2],
    ]);
  });

  test.each([1, 60])("what was counted of %i types is written in one statement", async (count) => {
    const statements: string[] = [];
    const database = await home.kysely({ log: ({ query }) => void statements.push(query.sql) });
    const clock = new ManualClock();
    const types = Array.from({ length: count }, (_, index) => greeterType(`type ${index}`));
    const plugbay = await home.open([types, types.map((one) => greeter(one, "alice"))], { database, clock });
    const callAll = () => Promise.all(types.map((one) => plugbay.run(one, (greets) => greets.greet())));
    await callAll();
    await flush(clock);
    // By then the tables were put in order, which is done every 10 minutes.
    await clock.advance(600_000);
    await callAll();
    await flush(clock);
    const before = (await rowsHere()).length;
    statements.length = 0;
    await callAll();
    await clock.advance(10_000);
    await expect.poll(() => statements).toHaveLength(1);
    await flush(clock);
    expect(statements).toEqual([expect.stringMatching(/^insert into .plugbay_traffic. /)]);
    expect((await rowsHere()).length).toBeGreaterThanOrEqual(before);
    const { total } = await plugbay.control.trafficOverview();
    expect(total.calls).toBe(3 * count);
  });

  test("with traffic: false nothing is counted", async () => {
    const { plugbay, clock } = await join({ traffic: false });
    await send(plugbay);
    await flush(clock);
    expect(await rowsHere()).toEqual([]);
  });

  test("what was counted last is written when it closes", async () => {
    const { plugbay } = await join();
    await send(plugbay);
    await plugbay.close();
    expect((await rowsHere()).length).toBeGreaterThan(0);
  });

  const note = (more: Partial<TrafficNote>): TrafficNote => ({
    ...{ typeId: randomUUID(), itemId: "", unit: "minute", startsAt: 0, writer: randomUUID() },
    ...{ calls: 1, failures: [0, 0, 0, 0, 0, 0], rescued: 0, durations: [3, 1] },
    ...more,
  });

  test("old rows are pruned, by the database's time, and hours of all processes put together", async () => {
    const store = await home.store();
    await home.open([type, broken, good]);
    const now = Date.now();
    const [typeId, itemId] = [randomUUID(), randomUUID()];
    const old = Math.floor(now / hour) * hour - 5 * hour;
    const part = { typeId, itemId, unit: "part", startsAt: old } as const;
    await store.traffic.save([
      note({ startsAt: now - 4 * hour }),
      note({ startsAt: now - 2 * hour }),
      note({ unit: "part", startsAt: now - 15 * 24 * hour }),
      note({ ...part, calls: 2, failures: [1, 0, 0, 0, 0, 0], durations: [3, 1, 5, 1] }),
      note({ ...part, calls: 3, durations: [5, 2, 9, 1] }),
      note({ ...part, itemId: "", calls: 5 }),
      note({ ...part, startsAt: now, calls: 7 }),
    ]);
    const db = await home.kysely();
    await db
      .updateTable("plugbay_traffic")
      .set({ written_at: now - 3 * hour })
      .where("namespace", "=", home.namespace)
      .where("starts_at", "=", old)
      .execute();
    await store.traffic.putInOrder();

    const rows = await rowsHere();
    const shown = rows.map((row) => [row.unit, Number(row.starts_at), Number(row.calls)]).sort();
    expect(shown).toEqual(
      [
        ["hour", old, 5],
        ["hour", old, 5],
        ["minute", now - 2 * hour, 1],
        ["part", now, 7],
      ].sort(),
    );
    const found = await store.traffic.ofType(typeId, { units: ["part", "hour"], since: old });
    expect(found.find((row) => row.itemId === itemId && row.startsAt === old)).toMatchObject({
      ...{ calls: 5, failures: [1, 0, 0, 0, 0, 0], durations: [3, 1, 5, 3, 9, 1] },
    });

    // What comes later is added, and the turn is taken once in a while.
    await store.traffic.save([note({ ...part, calls: 10, durations: [] })]);
    await db
      .updateTable("plugbay_traffic")
      .set({ written_at: now - 3 * hour })
      .where("namespace", "=", home.namespace)
      .execute();
    await Promise.all([store.traffic.putInOrder(), store.traffic.putInOrder()]);
    const later = await store.traffic.ofType(typeId, { units: ["hour"], since: old });
    expect(later.find((row) => row.itemId === itemId && row.startsAt === old)?.calls).toBe(15);
    await store.traffic.save([note({ startsAt: now - 4 * hour })]);
    await store.traffic.putInOrder();
    expect((await rowsHere()).some((row) => Number(row.starts_at) === now - 4 * hour)).toBe(true);
  });

  test("thousands of items are written, and read back", async () => {
    const store = await home.store();
    await home.open([type, broken, good]);
    const typeId = randomUUID();
    const startsAt = Math.floor(Date.now() / minute) * minute;
    const notes = Array.from({ length: 1_203 }, () => note({ typeId, itemId: randomUUID(), startsAt }));
    await store.traffic.save(notes);
    await store.traffic.save(notes);
    const rows = await store.traffic.ofType(typeId, { units: ["minute"], since: 0 });
    expect(rows).toHaveLength(1_203);
  });
});
