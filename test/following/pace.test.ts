import { expect, test } from "vitest";
import { pace } from "../../src/following/pace.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";

test("the first asking is met at once, and 100 that come in its pause together after it", async () => {
  const clock = new ManualClock();
  let works = 0;
  const { ask } = pace(clock, 20, async () => (works += 1));
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
  const { ask } = pace(clock, 20, async () => {
    works += 1;
    throw new Error("the database is away");
  });
  ask();
  ask();
  await clock.advance(20);
  expect(works).toBe(2);
});

test("nothing is done after the end", async () => {
  const clock = new ManualClock();
  let works = 0;
  const { ask, stop } = pace(clock, 20, async () => (works += 1));
  ask();
  ask();
  stop();
  ask();
  await clock.advance(1_000);
  expect(works).toBe(1);
  expect(clock.pending).toBe(0);
});

test("100 that come one after the other, one in 5 ms, cost a few turns; after a rest the first is met at once", async () => {
  const clock = new ManualClock();
  let works = 0;
  const { ask } = pace(clock, 20, async () => (works += 1));
  for (let asked = 0; asked < 100; asked += 1) {
    ask();
    await clock.advance(5);
  }
  await clock.advance(160);
  // At 0, 20, 60, 140, 300, 460 ms, and for those after it.
  expect(works).toBe(7);
  await clock.advance(160);
  ask();
  expect(works).toBe(8);
  ask();
  await clock.advance(20);
  expect(works).toBe(9);
});
