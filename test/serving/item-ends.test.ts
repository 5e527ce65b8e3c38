import type { PluginItem } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { ItemEnds } from "../../src/serving/item-ends.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { item } from "../selection/rows.ts";

let clock: ManualClock;
let ends: ItemEnds;
let told: (readonly string[])[];
beforeEach(() => {
  clock = new ManualClock();
  told = [];
  ends = new ItemEnds(clock, (ids) => told.push(ids));
});

const by = { reason: "it double-charges", by: "alice", since: "2030-01-01T00:00:00.000Z" };
const after = (ms: number): string => new Date(clock.now() + ms).toISOString();
/** Held, or leading, until so many milliseconds from now. */
const until = (name: string, held: number | undefined, led?: number): PluginItem =>
  item(name, {
    hold: held === undefined ? null : { ...by, until: after(held) },
    lead: led === undefined ? null : { by: by.by, since: by.since, until: after(led) },
  });

test("a hold that ends is told of when it does, and once", async () => {
  ends.change([until("sms", 1_000)], []);
  await clock.advance(999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual([["item sms"]]);
  expect(clock.pending).toBe(0);
  await clock.advance(100_000);
  expect(told).toHaveLength(1);
});

test.each<[string, number | undefined, number | undefined]>([
  ["a lead", undefined, 2_000],
  ["a hold that ends before the lead", 2_000, 3_000],
  ["a lead that ends before the hold", 3_000, 2_000],
])("%s is what ends first", async (_, held, led) => {
  ends.change([until("sms", held, led)], []);
  await clock.advance(1_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual([["item sms"]]);
});

test("of several the first is waited for, by one timer, and those that end together are told together", async () => {
  ends.change([until("late", 5_000), until("sms", 1_000), until("mail", 1_000), until("last", 9_000)], []);
  expect(clock.pending).toBe(1);
  await clock.advance(1_000);
  expect(told).toEqual([["item sms", "item mail"]]);
  expect(clock.pending).toBe(1);
  await clock.advance(4_000);
  expect(told.slice(1)).toEqual([["item late"]]);
  await clock.advance(4_000);
  expect(told.slice(2)).toEqual([["item last"]]);
});

test("what has no end is not waited for", () => {
  ends.change([item("sms"), item("mail", { hold: by })], []);
  expect(clock.pending).toBe(0);
});

test("what ended already is told of as soon as there is time, not at once", async () => {
  ends.change([until("sms", -1_000)], []);
  expect(told).toEqual([]);
  await clock.advance(0);
  expect(told).toEqual([["item sms"]]);
});

test("an end that is moved, taken away or gone with its item is not told of", async () => {
  ends.change([until("moved", 1_000), until("released", 1_000), until("gone", 1_000)], []);
  ends.change([until("moved", 3_000), item("released")], ["item gone"]);
  await clock.advance(2_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual([["item moved"]]);
});

test("the last one that goes leaves no timer", () => {
  ends.change([until("sms", 1_000)], []);
  ends.change([], ["item sms"]);
  expect(clock.pending).toBe(0);
});

test("a change of others leaves the timer that waits", () => {
  const timers: number[] = [];
  const counted = new ItemEnds(
    {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      schedule: (ms, callback) => {
        timers.push(ms);
        return clock.schedule(ms, callback);
      },
    },
    () => undefined,
  );
  const sms = until("sms", 1_000);
  counted.change([sms], []);
  counted.change([sms, item("mail")], ["item fax"]);
  expect(timers).toEqual([1_000]);
});

test("a far end is looked at every minute, for the time of day may be set", async () => {
  ends.change([until("sms", 3_600_000)], []);
  clock.step(3_600_000);
  await clock.advance(59_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual([["item sms"]]);
});

test("a look at which nothing has ended tells nothing", async () => {
  ends.change([until("sms", 90_000)], []);
  await clock.advance(60_000);
  expect(told).toEqual([]);
  expect(clock.pending).toBe(1);
});

test("after the stop nothing is told, and no timer is left", async () => {
  ends.change([until("sms", 1_000)], []);
  ends.stop();
  expect(clock.pending).toBe(0);
  await clock.advance(10_000);
  expect(told).toEqual([]);
});
