import { expect, test } from "vitest";
import { pace } from "../../src/watch/pace.ts";
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
