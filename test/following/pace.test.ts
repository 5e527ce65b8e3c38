import { expect, test } from "vitest";
import { pace } from "../../src/following/pace.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";

const limits = { shortestMs: 20, longestMs: 160 };

test("the first asking is met at once, and 100 that come in its pause together after it", async () => {
  const clock = new ManualClock();
  let works = 0;
  const { ask } = pace(
    clock,
    () => limits,
    async () => (works += 1),
  );
  ask();
  expect(works).toBe(1);
  await settle();
  for (let asked = 0; asked < 100; asked += 1) ask();
  await clock.advance(19);
  expect(works).toBe(1);
  await clock.advance(1);
  expect(works).toBe(2);
  await clock.advance(1_000);
  expect(works).toBe(2);
  ask();
  expect(works).toBe(3);
});

test("what is asked while the work is done is done again, also after a failure", async () => {
  const clock = new ManualClock();
  let works = 0;
  const { ask } = pace(
    clock,
    () => limits,
    async () => {
      works += 1;
      throw new Error("the database is away");
    },
  );
  ask();
  ask();
  await clock.advance(20);
  expect(works).toBe(2);
});

test("nothing is done after the end", async () => {
  const clock = new ManualClock();
  let works = 0;
  const { ask, stop } = pace(
    clock,
    () => limits,
    async () => (works += 1),
  );
  ask();
  ask();
  stop();
  ask();
  await clock.advance(1_000);
  expect(works).toBe(1);
  expect(clock.pending).toBe(0);
});

test("100 that come one after the other, one in 5 ms, are met within 20 ms, in a quarter of the turns", async () => {
  const clock = new ManualClock();
  let works = 0;
  const { ask } = pace(
    clock,
    () => limits,
    async () => (works += 1),
  );
  for (let asked = 0; asked < 100; asked += 1) {
    ask();
    await clock.advance(5);
  }
  expect(works).toBe(26);
  await clock.advance(20);
  expect(works).toBe(26);
});

test("the pause is as long as the work was, up to a limit", async () => {
  const clock = new ManualClock();
  const starts: number[] = [];
  const took = [50, 50, 1_000, 0];
  const { ask } = pace(
    clock,
    () => limits,
    () => {
      starts.push(clock.monotonic());
      return new Promise<void>((resolve) => clock.schedule(took[starts.length - 1] ?? 0, resolve));
    },
  );
  const begin = clock.monotonic();
  for (let asked = 0; asked < 3_000; asked += 1) {
    ask();
    await clock.advance(1);
  }
  expect(starts.slice(0, 4).map((start) => start - begin)).toEqual([0, 100, 200, 1_360]);
});
