import { definePluginType, type Outcome, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { RefusedWrites } from "../../../src/following/refused-writes.ts";
import { Traffic } from "../../../src/seeing/traffic/traffic.ts";
import type { TrafficNote } from "../../../src/store/traffic-row.ts";
import { coded, hang, openSenders, status } from "../../calling/senders.ts";
import { type OtpSender, senderPlugin } from "../../definition/otp.ts";
import { settle } from "../../runtime/manual-clock.ts";
import { itemOf, Workbench } from "../../runtime/workbench.ts";

/** What a database would hold, of which a test may say that it is away. */
async function open() {
  const bench = await Workbench.create();
  const { clock } = bench;
  const rows = new Map<string, TrafficNote>();
  const place = { isLive: true, failure: undefined as Error | undefined, saves: 0, orders: 0 };
  const traffic = new Traffic({
    clock,
    isLive: () => place.isLive,
    refusedWrites: new RefusedWrites(clock),
    register: {
      async save(notes) {
        place.saves += 1;
        for (const note of notes) {
          rows.set([note.unit, note.startsAt, note.writer, note.typeId, note.itemId].join(), note);
        }
        if (place.failure) throw place.failure;
      },
      async putInOrder() {
        place.orders += 1;
      },
    },
  });
  const type = definePluginType<OtpSender>({
    ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } },
  });
  const plugbay = await bench.open([type, senderPlugin("a")], { traffic: false });
  const item = itemOf(plugbay.items(type), "a");
  const call = (outcome: "success" | Outcome = "success", ms = 0): void =>
    traffic.counter.attempted({ item, startedAt: clock.monotonic() - ms } as never, outcome);
  const flush = async (): Promise<void> => {
    await traffic.flush();
    await settle();
  };
  /** Of the item, by unit. */
  const counted = (unit: "minute" | "part"): number[] =>
    [...rows.values()]
      .filter((row) => row.unit === unit && row.itemId === item.id)
      .sort((one, other) => one.startsAt - other.startsAt)
      .map(({ calls }) => calls);
  return { clock, traffic, rows, place, call, flush, counted, item };
}

const minute = 60_000;

test("each row says all that was counted so far, of its minute or hour", async () => {
  const { clock, call, flush, counted } = await open();
  call();
  await flush();
  call();
  await flush();
  await clock.advance(minute);
  call();
  await flush();
  expect(counted("minute")).toEqual([2, 1]);
  expect(counted("part")).toEqual([3]);
});

test("what was called in a minute is counted in it, also when the next call comes later", async () => {
  const { clock, call, flush, rows } = await open();
  call();
  await clock.advance(3 * minute);
  call();
  await flush();
  const minutes = [...rows.values()].filter(({ unit, itemId }) => unit === "minute" && itemId !== "");
  expect(minutes.map(({ startsAt }) => (startsAt - Date.UTC(2030, 0)) / minute)).toEqual([0, 3]);
});

test("an answer that was lost is no call counted twice, nor one lost", async () => {
  const { place, call, flush, counted } = await open();
  place.failure = new Error("the answer was lost");
  call();
  await flush();
  place.failure = undefined;
  await flush();
  call();
  await flush();
  expect(counted("minute")).toEqual([2]);
  expect(place.saves).toBe(3);
});

test("without calls nothing is written, nor while the database is away", async () => {
  const { clock, traffic, place, call } = await open();
  traffic.start();
  await clock.advance(10 * minute);
  expect(place.saves).toBe(0);
  place.isLive = false;
  call();
  await clock.advance(10 * minute);
  expect(place.saves).toBe(0);
  place.isLive = true;
  await clock.advance(10_000);
  expect(place.saves).toBe(1);
  await traffic.close();
});

test("what was counted while the database was away for 40 minutes is there afterwards", async () => {
  const { clock, traffic, place, call, counted } = await open();
  traffic.start();
  call();
  await clock.advance(10_000);
  place.isLive = false;
  for (let minutes = 0; minutes < 40; minutes += 1) {
    await clock.advance(minute);
    call();
  }
  place.isLive = true;
  await clock.advance(10_000);
  await traffic.close();
  expect(counted("minute").reduce((sum, calls) => sum + calls, 0)).toBe(41);
});

test("a minute that could not be told for an hour is forgotten", async () => {
  const { clock, traffic, place, call, counted } = await open();
  traffic.start();
  place.isLive = false;
  call();
  await clock.advance(62 * minute);
  place.isLive = true;
  call();
  await clock.advance(10_000);
  await traffic.close();
  expect(counted("minute")).toEqual([1]);
});

test("a time of day that was set back overwrites nothing that was written before", async () => {
  const { clock, call, flush, counted } = await open();
  await clock.advance(5 * minute);
  call();
  call();
  await flush();
  clock.step(-2 * minute);
  await clock.advance(minute);
  call();
  await clock.advance(minute);
  call();
  await flush();
  expect(counted("minute").reduce((sum, calls) => sum + calls, 0)).toBe(4);
  expect(counted("part").sort()).toEqual([2, 2]);
});

test("rows that others may have put together meanwhile are not written again", async () => {
  const { clock, call, flush, rows, item } = await open();
  call();
  await flush();
  const [before] = [...rows.values()].filter(({ unit, itemId }) => unit === "part" && itemId === item.id);
  await clock.advance(31 * minute);
  call();
  await flush();
  const parts = [...rows.values()].filter(({ unit, itemId }) => unit === "part" && itemId === item.id);
  expect(parts.map(({ calls }) => calls)).toEqual([1, 1]);
  expect(parts[1]?.writer).not.toBe(before?.writer);
});

test("the table is put in order once in a while", async () => {
  const { clock, call, flush, place } = await open();
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await clock.advance(minute);
    call();
    await flush();
  }
  expect(place.orders).toBeGreaterThan(3);
  expect(place.orders).toBeLessThan(8);
});

test("failures are told by outcome, and durations by bucket", async () => {
  const { call, flush, rows, item } = await open();
  call("success", 100);
  call("rejected", 100);
  call({ exhausted: 100 }, 2_000);
  await flush();
  const [row] = [...rows.values()].filter(({ unit, itemId }) => unit === "minute" && itemId === item.id);
  expect(row).toMatchObject({ calls: 3, failures: [0, 0, 1, 0, 0, 1], durations: [27, 2, 44, 1] });
});

/** The calls of each item in the last hour, failures and rescued ones. */
async function tally(plugbay: Plugbay) {
  const [item] = (await plugbay.control.list()).items;
  const { items } = await plugbay.control.traffic({ typeId: item?.typeId ?? "" });
  const names = new Map((await plugbay.control.list()).items.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    items.map(({ itemId, total: { calls, failures, rescued } }) => [
      names.get(itemId),
      [calls, failures, rescued],
    ]),
  );
}

test("attempts are counted for their items; those that another item made good, as rescued", async () => {
  const { plugbay, type, bench } = await openSenders(
    { attemptsPerItem: 1, circuit: false },
    { traffic: true },
  );
  await plugbay.run(type, (_, { item }) => {
    if (item.name === "a") throw status(503);
  });
  await plugbay.run(type, () => undefined);
  await plugbay
    .run(type, () => {
      throw coded("ECONNREFUSED");
    })
    .catch(() => undefined);
  await plugbay
    .service(type)
    .sendOtp("+1 555 0100", "1")
    .catch(() => undefined);
  await bench.clock.advance(12_000);
  expect(await tally(plugbay)).toEqual({ a: [4, 2, 1], b: [2, 1, 0], spare: [1, 1, 0] });
});

test("an item that makes its own failure good was not rescued", async () => {
  const { plugbay, type, bench, tried } = await openSenders(
    { attemptsPerItem: 2, circuit: false },
    { traffic: true },
  );
  const run = plugbay.run(type, ({ by }) => {
    tried.push(by);
    if (tried.length === 1) throw coded("ECONNREFUSED");
  });
  await bench.clock.advance(12_000);
  await run;
  expect([tried, await tally(plugbay)]).toEqual([["a", "a"], { a: [2, 1, 0] }]);
});

test("of runAll each item's call counts, and none is rescued; a call that its caller gave up counts nowhere", async () => {
  const { plugbay, type, bench } = await openSenders({ circuit: false }, { traffic: true });
  await plugbay.runAll(type, (_, { item }) => {
    if (item.name === "a") throw status(503);
  });
  const controller = new AbortController();
  const given = plugbay.run(type, hang, { signal: controller.signal }).catch(() => undefined);
  controller.abort();
  await given;
  await bench.clock.advance(12_000);
  expect(await tally(plugbay)).toEqual({ a: [1, 1, 0], b: [1, 0, 0] });
});

test("a stream counts when it is over, with the time to its first part", async () => {
  const { plugbay, type, bench } = await openSenders({}, { traffic: true });
  const { clock } = bench;
  const stream = plugbay.stream(type, async function* () {
    yield 1;
    yield 2;
  });
  await stream.next();
  await clock.advance(5_000);
  for await (const _ of stream) await clock.advance(100);
  await clock.advance(12_000);
  const [item] = (await plugbay.control.list()).items;
  const { total } = await plugbay.control.traffic({ typeId: item?.typeId ?? "" });
  expect(total).toMatchObject({ calls: 1, failures: 0, p50: 0.5 });
});
